"""Random signed schedules, and people with names that are hard to print."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from taperplanner.doses import Dose, Quantity, parse_dose, total_dose
from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.codes import ALPHABET, LENGTH, qr_drawing, written
from taperplanner.handouts.paper.content import Copy, Handout, Identity, Mark, Signature, make_handout
from taperplanner.handouts.paper.language import Translator, without_weekday
from taperplanner.label_strength import parse_label, parse_liquid_strength
from taperplanner.tapers.schedule.schedule import Ending, Form, Schedule, ScheduleProduct
from taperplanner.tapers.schedule.steps import (
    LONGEST_PATTERN,
    WEEK,
    Regimen,
    ScheduleDose,
    ScheduleStep,
    TimeOfDay,
)

from .needed import as_needed_of

NAMES: Final = (
    "Ana Rivera",
    "عبد الرحمن الراشد",
    "王小明",
    "Hubert Blaine Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafe",
    "Željko Nguyễn Ψωμιά Иван",
    '#eval("1") <script>alert(1)</script>',
    "=1+1; DROP TABLE patients --",
    "$x^2$ *bold* _italic_ `code` \\u{41}",
    "שלום כהן",
    "प्रिया शर्मा",
    "Παπαδόπουλος" * 6 + "-" + "Кириллица" * 8,
)
NOTES: Final = (
    "",
    "",
    "",
    "Take with food.",
    '#eval("sys.inputs") #import "x"',
    "<script>alert(1)</script> {{ dose }} {% if %}",
    "=SUM(A1:A9)",
    "$sum$ *no* _no_ // no /* no */",
    "Call the clinic before this step. " * 8,
    "w" * 300,
    "ж" * 300,
    "-" * 300,
    "الدواء" * 40,
)
STRENGTHS: Final = ("0.125", "0.25", "0.5", "1", "2")
MAKERS: Final = (
    "",
    "Made Up Labs",
    "Invented Pharmaceuticals of Springfield",
    "Выдуманная Фармацевтическая Компания",
)
LIQUIDS: Final = ("0.1 mg/mL", "2 mg/5 mL", "2 mg/5 mL", "0.5 mg/2.5 mL", "10 mg/100 mL", "1.25 mg/0.5 mL")
# As both labels of a bottle of drops have it.
DROPS: Final = (("2.5 mg/mL", 25), ("2 mg/5 mL", 20), ("1 mg/mL", 32), ("10 mg/10 mL", 40), ("3 mg/mL", 30))
LONGEST: Final = 400
ADDRESS: Final = "clinic.example/handouts/"
MARKS: Final = (
    None,
    None,
    None,
    Mark("REPLACED", "Replaced by version 2 before it began. Do not follow it."),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One schedule with all that its paper is made of."""

    number: int
    schedule: Schedule
    identity: Identity
    mark: Mark | None
    version: int
    language: Language
    printed_on: date

    def paper(
        self,
        language: Language | None = None,
        drug: str = "clonazepam (Klonopin)",
        begins: date | None = None,
    ) -> Handout:
        spoken = language or self.language
        # The same for the same plan, so that what the proof finds is found again.
        code = written("".join(random.Random(self.number).choices(ALPHABET, k=LENGTH)))
        address = f"{ADDRESS}{code}/"
        return make_handout(
            schedule=self.schedule,
            identity=self.identity,
            drug_name=drug,
            signature=Signature(
                self.version, "Ada Alvarez, MD", without_weekday(date(2026, 3, 2), Translator(spoken))
            ),
            mark=self.mark,
            printed_at=datetime.combine(self.printed_on, time(14, 5), UTC),
            language=spoken,
            copy=Copy(code, address, qr_drawing(f"https://{address}"), ADDRESS),
            begins=begins,
        )


def case(number: int, chance: random.Random) -> Case:
    language = chance.choice(list(Language))
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(30_000))
    is_born_in = number % 7 == 3  # of some only the year is known
    identity = Identity(
        patient_name=chance.choice(NAMES),
        preferred_name=chance.choice(("", "Nita")),
        date_of_birth=str(born.year) if is_born_in else without_weekday(born, Translator(language)),
        mrn=f"MRN-{chance.randrange(10**9)}",
        clinic_name="Riverside Clinic",
        clinic_address="12 Example Street\nSpringfield",
        clinic_phone="555-0100",
        after_hours_phone="555-0199",
        is_born_in=is_born_in,
    )
    schedule, mark, version = (
        schedule_of(_products(chance), chance),
        chance.choice(MARKS),
        chance.randint(1, 40),
    )
    printed_on = _printed_on(schedule, chance)
    schedule = replace(schedule, as_needed=as_needed_of(schedule.products, number))
    return Case(number, schedule, identity, mark, version, language, printed_on)


def _printed_on(schedule: Schedule, chance: random.Random) -> date:
    """Before the schedule, on each of its edges, in it (most of all), and after it."""
    days = (schedule.last_day - schedule.first_day).days
    step = chance.choice(list(schedule.dated_steps()))
    inside = schedule.first_day + timedelta(days=chance.randint(0, days))
    return chance.choice(
        (
            schedule.first_day - timedelta(days=chance.randint(1, 60)),
            schedule.first_day,
            step.first_day,
            step.last_day,
            *[inside] * 5,
            schedule.last_day,
            schedule.last_day + timedelta(days=chance.randint(1, 60)),
        )
    )


def schedule_of(products: dict[int, ScheduleProduct], chance: random.Random) -> Schedule:
    length = chance.choice((1, 2, *[chance.randint(1, 24)] * 16, chance.randint(25, 120), LONGEST))
    steps = tuple(_step(position, products, chance) for position in range(1, length + 1))
    first = date(2026, 1, 1) + timedelta(days=chance.randrange(1_500))
    return Schedule(first, steps, chance.choice(list(Ending)), products)


def _products(chance: random.Random) -> dict[int, ScheduleProduct]:
    forms = (Form.TABLET, Form.ORALLY_DISINTEGRATING)
    products = [
        ScheduleProduct(
            number,
            "clonazepam",
            chance.choice(forms),
            parse_dose(strength),
            Quantity(250),
            chance.choice(MAKERS),
        )
        # One strength may come up twice: the paper must tell its products apart.
        for number, strength in enumerate(chance.choices(STRENGTHS, k=chance.randint(1, 3)), 1)
    ]
    if chance.randrange(6) == 0:
        products.append(liquid(len(products) + 1, chance.choice(LIQUIDS)))
    if chance.randrange(6) == 0:
        products.append(drops(len(products) + 1, *chance.choice(DROPS)))
    return {product.number: product for product in products}


def drops(number: int, strength: str, per_ml: int) -> ScheduleProduct:
    """As it would be typed in the form of a product."""
    label = parse_label(strength)
    return ScheduleProduct(
        number,
        "clonazepam",
        Form.DROPS,
        label.in_one_drop(per_ml),
        Quantity(1000),
        label=label,
        drops_per_ml=per_ml,
    )


def liquid(number: int, strength: str, part: int = 100) -> ScheduleProduct:
    """As it would be typed in the form of a product."""
    label = parse_liquid_strength(strength)
    shown = None if label.is_of_one_ml else label
    return ScheduleProduct(number, "clonazepam", Form.LIQUID, label.in_one_ml, Quantity(part), label=shown)


def _step(position: int, products: dict[int, ScheduleProduct], chance: random.Random) -> ScheduleStep:
    note = chance.choice(NOTES)
    if chance.randrange(3):
        return ScheduleStep(position, chance.choice((1, 2, 7, 14, 28)), (_regimen(products, chance),), note)
    by_weekday = chance.randrange(3) == 0
    length = WEEK if by_weekday else chance.randint(2, LONGEST_PATTERN)
    # Of few regimens, so that some days of the pattern are alike; now and then a night without a dose.
    few = [_regimen(products, chance) for _ in range(chance.randint(1, 3))]
    if chance.randrange(3) == 0:
        few.append(Regimen(Dose(0)))
    return ScheduleStep(
        position,
        chance.choice((1, 2, 3, length, 14, 28, chance.randint(1, 70), chance.randint(50, 150))),
        tuple(chance.choices(few, k=length)),
        note,
        starts_on=1 if by_weekday else chance.randint(1, length),
        by_weekday=by_weekday,
    )


def _regimen(products: dict[int, ScheduleProduct], chance: random.Random) -> Regimen:
    doses = tuple(
        ScheduleDose(
            time, number, Quantity(products[number].smallest_part.thousandths * chance.randint(1, 14))
        )
        for time in TimeOfDay
        for number in products
        if chance.randrange(3) == 0
    )
    return Regimen(total_dose(products[dose.product].strength.times(dose.quantity) for dose in doses), doses)
