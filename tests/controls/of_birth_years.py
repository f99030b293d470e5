"""Of a birth of which only the year is known."""

from __future__ import annotations

from typing import Final

from .control import Control

CONTROLS: Final = (
    Control(
        "H60",
        "no day is made up for a year",
        "taperplanner/patients/births.py",
        "        return Birth(only_year=int(parse_partial_day(text)))\n",
        "        return Birth(date(int(parse_partial_day(text)), 1, 1))\n",
        "tests/patients/test_only_the_year.py -k no_day_is_made_up",
    ),
    Control(
        "H60",
        "a year is taken only with the tick that no more is known",
        "taperplanner/patients/forms.py",
        'if born and born.only_year and not cleaned.get("only_the_year"):',
        "if False:",
        "tests/patients/test_only_the_year.py -k comes_back_as_it_was_typed",
    ),
    Control(
        "H60",
        "signing asks for the MRN beside a year",
        "taperplanner/tapers/forms/signature.py",
        "        if typed.upper() != self.patient.mrn.upper():",
        "        if False:",
        "tests/tapers/test_only_the_year.py",
    ),
    Control(
        "H60",
        "a year stands under the hash",
        "taperplanner/tapers/signed/content.py",
        "                written(self.patient_date_of_birth, self.patient_birth_year),\n",
        "                written(self.patient_date_of_birth, None),\n",
        "tests/tapers/test_only_the_year.py",
    ),
    Control(
        "H60",
        "a year that became a date is a change",
        "taperplanner/handouts/printing/may_print.py",
        "(signed.patient_birth, patient.birth)",
        "(signed.patient_birth.year, patient.birth.year)",
        "tests/handouts/test_only_the_year.py -k change",
    ),
    Control(
        "H60",
        "a year matches nobody by itself",
        "taperplanner/patients/births.py",
        "        return self.day is not None and self.day == other.day\n",
        "        return self == other\n",
        "tests/patients/test_births.py -k matches",
    ),
    Control(
        "H61",
        "an age from a year is one of two",
        "taperplanner/patients/births.py",
        "(date(self.year, 12, 31), date(self.year, 1, 1))",
        "(date(self.year, 7, 1), date(self.year, 7, 1))",
        "tests/patients/test_births.py",
    ),
    Control(
        "H61",
        "what could be is shown as what could",
        "taperplanner/patients/applies.py",
        "    title = group.label if is_certain else group.could_be\n",
        "    title = group.label\n",
        "tests/patients/test_only_the_year.py -k could",
    ),
    Control(
        "H61",
        "a caution is shown from the first day on which it could concern the patient",
        "taperplanner/patients/ages.py",
        "    return groups[1] or groups[0], groups[0] == groups[1]\n",
        "    return groups[0], True\n",
        "tests/patients/test_births.py -k group",
    ),
)
