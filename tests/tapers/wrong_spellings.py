"""What people, spreadsheets and attackers type where a dose, a quantity, days or a date belongs.

Each parser refuses all of its own: tests/test_doses.py and tests/test_days.py. A page that reads a cell is tried with
`ON_A_PAGE`: what HTML, a copy from a spreadsheet or a line end could change, and one that is simply wrong.
"""

from __future__ import annotations

from typing import Final

DOSES: Final = (
    "1e2", "1E-3", "1_000", ".5", "1,5", "1.000,5", "1,000", "٣", "１", "²", "½", "1½", "1/2", "1.", ".", "..5",
    "1..5", "1.5.2", "-1", "−1", "+1", "0x10", "0b1", "1 5", "01", "00.5", "007", "1mg", "1 mg", "0.5mg", "500mcg",
    "500 µg", "1ml", "1.123456", "0.000001", "10000", "99999999999999999999", "inf", "NaN", "nan", "None", "null",
    "true", "one", "half", "x", "1;2", "1=1", "=1+1", "@SUM(A1)", "1%", "2x0.5", "~1", "<1", "1\u00a0", "\u200b1",
    "1\u202e", "1\n2", "<script>alert(1)</script>", "' OR 1=1 --", "1\t2", "l", "O.5", "1o", "1 000", "1'5",
)  # fmt: skip
QUANTITIES: Final = (
    "1e1", ".5", "1,5", "⅓", "1/3", "2/4", "1/0", "0/1", "1 ½ ½", "½½", "1½½", "½1", "1 1/3", "11/2", "0½", "0 1/2",
    "1.2345", "-½", "1-2", "1 tab", "1 tablet", "2 ml", "half", "10000", "1.", "1 / 2", "1 /2", "½.", "0.5½",
    "1 1 1/2", "٢", "1⁄2", "one", "NaN", "=½",
)  # fmt: skip
DAYS: Final = (
    "0", "-1", "1.5", "½", "1e2", "1_0", "14 days", "2 weeks", "two", "10000", "014", "+7", "1,000", "٧", "7.", "7.0",
    " 7 7", "NaN", "0x7", "7d",
)  # fmt: skip
DATES: Final = (
    "2/30/2026", "02/29/2025", "13/01/2026", "0/1/2026", "1/0/2026", "1/32/2026", "2026-02-30", "2026-13-01",
    "3/2/26", "3.2.2026", "3-2-2026", "2026/03/02", "20260302", "March", "Marchember 2, 2026", "M 2, 2026",
    "Ma 2, 2026", "2 Marchember 2026", "2nd March 2026", "March 2026", "Monday, 3/2/2026", "Mo, March 2, 2026", "tomorrow", "today", "next Monday", "3/2/1026", "3/2/9999", "3/2", "٣/٢/٢٠٢٦",
    "03/02/2026 08:00", "2026-03-02T08:00", "-3/2/2026", "3//2026", "1e3-01-01",
    "Tuesday, March 2, 2026", "Sun 2 March 2026", "Sonday, March 2, 2026", "Monday March 2 26", "T, March 2, 2026",
)  # fmt: skip

ON_A_PAGE: Final = {
    "dose": ("1,5", "=1+1", "<script>alert(1)</script>", "' OR 1=1 --", "1\u00a0", "1\u202e", "1\n2", "1\t2"),
    "quantity": ("1/3", "=½", "1 tablet"),
    "days": ("7.", "14 days", " 7 7"),
    "date": ("2/30/2026", "tomorrow", "Sonday, March 2, 2026"),
}
