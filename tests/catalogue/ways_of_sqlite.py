"""Each way on SQLite: the id of what finds it, the statement, and how the sentence begins."""

from __future__ import annotations

from typing import Final

REBUILT: Final = (
    "ALTER TABLE audit_event RENAME TO put_away;",
    "CREATE TABLE audit_event AS SELECT * FROM put_away;",
)
EDITED: Final = (
    "PRAGMA writable_schema = ON;",
    "UPDATE sqlite_master SET sql = replace(sql, {old}, {new}) WHERE name = 'tapers_step';",
    "PRAGMA writable_schema = OFF;",
)
ON_SQLITE: Final = {
    "a view under its name": (
        "append_only.E002",
        ("ALTER TABLE audit_event RENAME TO put_away;", "CREATE VIEW audit_event AS SELECT * FROM put_away;"),
        "Under the name audit_event stands a view in place of the table.",
    ),
    "a view under its name in capitals": (
        "append_only.E002",
        ("ALTER TABLE audit_event RENAME TO put_away;", "CREATE VIEW AUDIT_EVENT AS SELECT * FROM put_away;"),
        "Under the name audit_event stands a view in place of the table.",
    ),
    "a virtual table under its name": (
        "append_only.E002",
        ("ALTER TABLE audit_event RENAME TO put_away;", "CREATE VIRTUAL TABLE audit_event USING rtree(a, b, c);"),
        "Under the name audit_event stands a virtual table in place of the table.",
    ),
    "no table": ("append_only.E002", ("DROP TABLE audit_event;",), "The table audit_event is not there."),
    "one more trigger": (
        "append_only.E005",
        ("CREATE TRIGGER quiet BEFORE INSERT ON audit_event BEGIN SELECT RAISE(IGNORE); END;",),
        "The table audit_event has a trigger that is not ours: quiet",
    ),
    "one more trigger, of a name like ours": (
        "append_only.E005",
        ("CREATE TRIGGER append_only_a AFTER INSERT ON audit_event BEGIN SELECT 1; END;",),
        "The table audit_event has a trigger that is not ours: append_only_a",
    ),
    "a table made again without its constraints": (
        "append_only.E003",
        REBUILT,
        "The table audit_event lacks a column that the product made: id char ( 32 ) not null primary key",
    ),
    "a table made again without one UNIQUE": (
        "append_only.E004",
        (
            "ALTER TABLE tapers_signedproduct RENAME TO put_away;",
            "{made_again}",
        ),
        ("The table tapers_signedproduct lacks a constraint that the product made:"
        " constraint signed_product_once unique ( version_id , number )"),
    ),
    "a constraint edited out of the schema": (
        "append_only.E004",
        tuple(one.format(old="'\"days\" >= 1'", new="'\"days\" >= 0'") for one in EDITED),
        ("The table tapers_step lacks a constraint that the product made:"
        " constraint step_lasts_a_day check ( days >= 1 )"),
    ),
    "NOT NULL edited out of the schema": (
        "append_only.E003",
        tuple(one.format(old="'\"days\" integer unsigned NOT NULL'", new="'\"days\" integer unsigned NULL'")
              for one in EDITED),
        "The table tapers_step lacks a column that the product made: days integer unsigned not null",
    ),
    "rows that meet another are left out": (
        "append_only.E004",
        tuple(one.format(old="'CHECK (\"days\" >= 1)'", new="'CHECK (1), UNIQUE (id) ON CONFLICT IGNORE'")
              for one in EDITED),
        ("The table tapers_step has a constraint that the product did not make:"
        " unique ( id ) on conflict ignore"),
    ),
    "one more column": (
        "append_only.E003",
        ("ALTER TABLE tapers_step ADD COLUMN hidden text;",),
        "The table tapers_step has a column that the product did not make: hidden text",
    ),
    "a generated column": (
        "append_only.E003",
        ("ALTER TABLE tapers_step ADD COLUMN doubled integer AS (days * 2);",),
        "The table tapers_step has a column that the product did not make: doubled integer as ( days * 2 )",
    ),
    "no unique index": (
        "append_only.E004",
        ("DROP INDEX emergency_closed_once;",),
        ("The table monitoring_emergencyentry lacks an index that the product made: create unique index"
        " emergency_closed_once on monitoring_emergencyentry ( emergency_id ) where kind = 'closed'"),
    ),
    "an index that the product did not make": (
        "append_only.E004",
        ("CREATE UNIQUE INDEX one_event ON audit_event (action, id);",),
        ("The table audit_event has an index that the product did not make:"
        " create unique index one_event on audit_event ( action , id )"),
    ),
}  # fmt: skip
