"""Signed contents with everything fixed, so that their hashes can be written down once and held against for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from taperplanner.doses import Quantity, parse_dose, parse_quantity, total_dose
from taperplanner.label_strength import LabelStrength
from taperplanner.tapers.schedule.as_needed import AsNeeded
from taperplanner.tapers.schedule.schedule import Ending, Form, Schedule, ScheduleProduct
from taperplanner.tapers.schedule.steps import Regimen, ScheduleDose, ScheduleStep, TimeOfDay
from taperplanner.tapers.signed.content import SignedContent

from .steps import daily_step

FIRST_DAY: Final = date(2026, 3, 2)
ONE: Final = ScheduleProduct(1, "clonazepam", Form.TABLET, parse_dose("1"), Quantity(1000), "Made Up Labs")
HALF: Final = ScheduleProduct(2, "clonazepam", Form.TABLET, parse_dose("0.5"), Quantity(250), "Made Up Labs")
UNKNOWN_MAKER: Final = replace(HALF, number=3, maker="")
MELTS: Final = ScheduleProduct(
    4, "clonazepam", Form.ORALLY_DISINTEGRATING, parse_dose("0.125"), Quantity(500)
)
LIQUID: Final = ScheduleProduct(5, "clonazepam", Form.LIQUID, parse_dose("0.1"), Quantity(100), "Выдуманная")
LABELLED: Final = replace(
    LIQUID, number=6, strength=parse_dose("0.4"), label=LabelStrength(parse_dose("2"), Quantity(5000))
)
DIAZEPAM: Final = ScheduleProduct(1, "diazepam", Form.TABLET, parse_dose("5"), Quantity(500))

# Time of day, product, quantity as typed.
Taken = tuple[TimeOfDay, ScheduleProduct, str]
MORNING, NOON, EVENING, BEDTIME = TimeOfDay
Row = tuple[int, str, tuple[Taken, ...]]


def schedule_of(*rows: Row, ending: Ending = Ending.STOP, first_day: date = FIRST_DAY) -> Schedule:
    """Of days, note and what is taken."""
    steps = tuple(_step(position, *row) for position, row in enumerate(rows, 1))
    used = {product.number: product for _, _, taken in rows for _, product, _ in taken}
    return Schedule(first_day, steps, ending, dict(sorted(used.items())))


def _step(position: int, days: int, note: str, taken: tuple[Taken, ...]) -> ScheduleStep:
    doses = tuple(
        ScheduleDose(time, product.number, parse_quantity(quantity)) for time, product, quantity in taken
    )
    total = total_dose(product.strength.times(parse_quantity(quantity)) for _, product, quantity in taken)
    return daily_step(position, days, total, doses, note)


def content_of(schedule: Schedule) -> SignedContent:
    """A first version. What differs is put in with `dataclasses.replace`."""
    return SignedContent(
        plan_id=UUID(int=1),
        number=1,
        patient_id=UUID(int=2),
        patient_name="Ana Rivera",
        patient_date_of_birth=date(1980, 3, 2),
        patient_mrn="A-1001",
        drug_name="clonazepam (Klonopin)",
        schedule=schedule,
        replaces=None,
        reason="",
        explanation="",
        acknowledgements=[],
        signed_by_id=UUID(int=3),
        signed_by_name="Priya Provider, MD",
        signed_at=datetime(2026, 3, 2, 15, 4, 5, 678_901, tzinfo=UTC),
    )


_WHOLE: Final = schedule_of(
    (14, "", ((MORNING, ONE, "1"), (BEDTIME, ONE, "1"))), (7, "", ((BEDTIME, ONE, "1"),))
)
_QUARTERS: Final = schedule_of(
    (14, "", ((MORNING, HALF, "½"), (NOON, HALF, "¼"), (EVENING, HALF, "¾"), (BEDTIME, HALF, "1½"))),
    (14, "Half of a half: use the cutter.", ((BEDTIME, HALF, "¼"),)),
)
_REVISED: Final = replace(
    content_of(replace(_WHOLE, ending=Ending.STAY)),
    number=3,
    replaces=2,
    acknowledgements=[
        {
            "code": "past",
            "step": 0,
            "said": "The first day, March 2, 2026, is over.",
            "reason": "Began on paper.",
        }
    ],
)

# Nothing in here uses what came after format 1.
OF_FORMAT_1: Final[dict[str, SignedContent]] = {
    "whole tablets, then a stop": content_of(_WHOLE),
    "whole tablets, to stay on": content_of(replace(_WHOLE, ending=Ending.STAY)),
    "halves and quarters at each time of day": content_of(_QUARTERS),
    "tablets that melt": content_of(schedule_of((7, "", ((BEDTIME, MELTS, "½"),)))),
    "a liquid in mL": content_of(schedule_of((28, "", ((MORNING, LIQUID, "2.5"), (BEDTIME, LIQUID, "0.7"))))),
    "every form on one day": content_of(
        schedule_of(
            (
                10,
                "",
                ((MORNING, ONE, "2"), (MORNING, HALF, "½"), (NOON, MELTS, "1"), (BEDTIME, LIQUID, "1.3")),
            ),
            (1, "", ((BEDTIME, LIQUID, "0.1"),)),
            ending=Ending.STAY,
        )
    ),
    "two makers of one strength": content_of(
        schedule_of((7, "", ((MORNING, HALF, "1"), (BEDTIME, UNKNOWN_MAKER, "½"))))
    ),
    "another drug, days without a dose": content_of(
        schedule_of((3, "", ((BEDTIME, DIAZEPAM, "½"),)), (2, "", ()), (9999, "", ((NOON, DIAZEPAM, "10"),)))
    ),
    "names and notes in other scripts": replace(
        content_of(
            schedule_of(
                (14, "Tómela con “agua” \\ \u202bالدواء\u202c\n服藥 💊 </script>", ((BEDTIME, HALF, "½"),))
            )
        ),
        patient_name="Željko Nguyễn-Ψωμιά 王小明",
        patient_mrn="MRN “9” é e\u0301",
        signed_by_name="Dr. עדה Álvarez, MD",
    ),
    "a revision with an explanation": replace(
        _REVISED, reason="other", explanation="She asked; señora agreed."
    ),
    "a hold": replace(_REVISED, reason="held", explanation="Exámenes: two weeks more."),
    "the end of a hold": replace(_REVISED, reason="hold_ended"),
    "held when a hold and its end were one reason": replace(_REVISED, reason="hold"),
    "several warnings acknowledged": replace(
        content_of(schedule_of((7, "", ((BEDTIME, HALF, "1"),)), (7, "", ((BEDTIME, HALF, "1½"),)))),
        acknowledgements=[
            {"code": "rise", "step": 2, "said": "Step 2: 0.75 mg a day is more …", "reason": "Überlegt."},
            {"code": "gaps", "step": 0, "said": "Not known about this patient: driving.", "reason": "Asked."},
        ],
    ),
    "signed at the last moment of a year": replace(
        content_of(_WHOLE), signed_at=datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    ),
}

DROPS: Final = ScheduleProduct(
    7,
    "clonazepam",
    Form.DROPS,
    parse_dose("0.1"),
    Quantity(1000),
    label=LabelStrength(parse_dose("2.5"), Quantity(1000)),
    drops_per_ml=25,
)


def regimen(*taken: Taken) -> Regimen:
    doses = tuple(
        ScheduleDose(time, product.number, parse_quantity(quantity)) for time, product, quantity in taken
    )
    return Regimen(
        total_dose(product.strength.times(parse_quantity(quantity)) for _, product, quantity in taken), doses
    )


_ALTERNATE: Final = (regimen((BEDTIME, HALF, "1")), regimen((BEDTIME, HALF, "½")))
_WEEK: Final = (
    *(regimen((MORNING, HALF, "½"), (BEDTIME, HALF, "1")), regimen((BEDTIME, HALF, "1"))) * 3,
    regimen(),
)


def _with_patterns(*steps: ScheduleStep) -> SignedContent:
    return content_of(Schedule(FIRST_DAY, steps, Ending.STOP, {HALF.number: HALF}))


_RESCUE: Final = AsNeeded(HALF.number, Quantity(500), parse_dose("0.25"), 2, "For a panic attack, “only”")

OF_FORMAT_2: Final[dict[str, SignedContent]] = {
    "alternate days": _with_patterns(ScheduleStep(1, 28, _ALTERNATE, "Every other night.")),
    "alternate days from the second of the pattern on": _with_patterns(
        ScheduleStep(1, 7, _ALTERNATE[:1]), ScheduleStep(2, 27, _ALTERNATE, starts_on=2)
    ),
    "by weekday, with a night without a dose": _with_patterns(ScheduleStep(1, 28, _WEEK, by_weekday=True)),
    "seven days that are not weekdays": _with_patterns(ScheduleStep(1, 28, _WEEK)),
    "drops": content_of(schedule_of((14, "", ((MORNING, DROPS, "5"), (BEDTIME, DROPS, "12"))))),
    "a dose as needed beside the schedule": content_of(replace(_QUARTERS, as_needed=_RESCUE)),
    "a liquid as labelled": content_of(schedule_of((28, "", ((MORNING, LABELLED, "2.5"),)))),
    "a liquid as labelled, one of one mL, and tablets": content_of(
        schedule_of(
            (7, "", ((MORNING, HALF, "½"), (NOON, LIQUID, "0.7"), (BEDTIME, LABELLED, "1.2"))),
            (7, "", ((MORNING, HALF, "½"),)),
            ending=Ending.STAY,
        )
    ),
}
