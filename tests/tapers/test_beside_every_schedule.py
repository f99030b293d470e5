"""Over every schedule stands that it is never stopped suddenly, and beside it what the sources say: on each address."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any, Final

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from taperplanner.guidance.library import library
from taperplanner.guidance.vocabulary import TOPICS
from taperplanner.guidance.wording import DOSE, PACE_OF_STEPS
from taperplanner.patients.applies import Applying, Reason, what_applies
from taperplanner.patients.models import Answer
from taperplanner.tapers import page as page_of_schedule
from taperplanner.tapers.models import Plan

from ..addresses import addresses
from ..world.people import answer_all, medication_record
from ..world.places import Places
from ..world.universe import NOW, Universe, checker

# Daily doses of the world's schedule that are no strength of a product: only a schedule has both.
OF_A_SCHEDULE: Final = ("1.5", "0.75")
BAND: Final = "Clonazepam is never stopped suddenly."
# Pages that show when the steps are, or ask for them, and no dose: found by nobody, so they stand here.
WITHOUT_DOSES: Final = {
    "tapers:version_check",
    "tapers:plan_revise",
    "handouts:handout_print",
    "handouts:handout_preview",
}
READ: Final[dict[str, str]] = {}  # asked for once: nothing here changes a page
# Of those that show a schedule, which have no guidance beside it, and why.
BAND_ALONE: Final = {
    "stays:ward_paper": "it says what to look for, with its sources, and is of several plans, each of which has its page",
    "patients:patient": "its own panel says what applies to the patient, and the chart leads to the plan",
}


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def pages(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Every page of a provider by the name of its address, of a patient to whom every entry applies that may."""
    if READ:
        return READ
    monkeypatch.setattr(page_of_schedule, "what_applies", everything_applies)
    places = Places(universe.ours)
    for made in ("plan_number", "copy_number", "check_in_number"):
        places[made]
    second_person = checker(universe.ours)
    patient = places.made["plan"].patient
    patient.refresh_from_db()
    answer_all(patient, by=universe.ours.provider, answer=Answer.YES)
    medication_record(patient, universe.ours.provider, name="oxycodone")
    for address in addresses():
        if address.permission is not None:
            # Nobody checks what they signed themselves.
            user = second_person if address.name == "tapers:version_check" else universe.ours.provider
            answer = universe.client_of(user).get(address.url(places.values(address.kwargs)))
            if is_a_page(answer):
                READ[address.name] = answer.content.decode()
    return READ


def everything_applies(*args: Any, **kwargs: Any) -> Applying:
    applying = what_applies(*args, **kwargs)
    return replace(applying, reasons=(*applying.reasons, Reason("Whatever else", "recorded", EVERY, ())))


EVERY: Final = tuple(entry for entry in library().entries if not entry.only_on_guidance_page)


def is_a_page(answer: HttpResponse) -> bool:
    return answer.status_code == 200 and "text/html" in answer.get("Content-Type", "")


def shows_a_schedule(text: str) -> bool:
    said = " ".join(re.findall(r'value="[^"]*"', text)) + html.unescape(re.sub(r"<[^>]+>", "", text))
    return all(re.search(rf'(?<![\d.]){re.escape(dose)}(?:\s?mg|")', said) for dose in OF_A_SCHEDULE)


def missing(name: str, page: str) -> list[str]:
    """What a page with a schedule on it lacks."""
    if not shows_a_schedule(page) and name not in WITHOUT_DOSES:
        return []
    lacks = (
        []
        if any(BAND in band for band in re.findall(r'<p class="band">.*?</p>', page, re.DOTALL))
        else ["the band"]
    )
    if name in BAND_ALONE:
        return lacks
    beside = guidance_on(page)
    wanted = ("What applies to this patient", "Withdrawal: ", "Monitoring: ", "Reference, not an order.")
    return lacks + [words for words in wanted if words not in beside]


def guidance_on(page: str) -> str:
    """All that stands over or beside a schedule, as text."""
    parts = re.findall(r'<(p) class="band">(.*?)</\1>', page, re.DOTALL)
    parts += re.findall(r'<(aside) [^>]*id="guidance".*?>(.*?)</\1>', page, re.DOTALL)
    # A folded one holds folded ones: it ends where its page goes on.
    parts += re.findall(r'<(details) [^>]*id="guidance".*?>(.*?)\n  </details>', page, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)) for _, text in parts)


def test_each_page_that_shows_a_schedule_has_the_band_and_the_guidance(pages: dict[str, str]) -> None:
    assert {name: lacks for name, page in pages.items() if (lacks := missing(name, page))} == {}


def test_the_pages_that_show_a_schedule_are_found(pages: dict[str, str]) -> None:
    found = {name for name, page in pages.items() if shows_a_schedule(page)}
    assert found == {
        "tapers:plan",
        "tapers:version",
        "tapers:draft_edit",
        "tapers:draft_sign",
        "tapers:compare",
        "monitoring:progress",
        "monitoring:visit_summary",
        "handouts:handout",
        "handouts:handout_text",
        "handouts:draft_preview",
        "handouts:copy",
        "patients:patient",
        "stays:ward_paper",
    }
    assert set(pages) >= WITHOUT_DOSES


@pytest.mark.parametrize(
    ("was", "lacks"),
    [
        (BAND, "the band"),
        ('<p class="band">', "the band"),
        ('id="guidance"', "Withdrawal: "),
        ("What applies to this patient", "What applies to this patient"),
        ("Monitoring: ", "Monitoring: "),
    ],
)
@pytest.mark.parametrize("name", ["tapers:draft_edit", "tapers:plan", "handouts:draft_preview"])
def test_a_page_that_lost_one_of_them_is_caught(
    pages: dict[str, str], name: str, was: str, lacks: str
) -> None:
    assert lacks in missing(name, pages[name].replace(was, "—"))


def test_no_entry_label_or_title_there_holds_a_dose_or_a_pace(pages: dict[str, str]) -> None:
    """Whatever is true of the patient: each fact is answered yes, and each class of drug is taken."""
    read = {name: guidance_on(page) for name, page in pages.items()}
    assert sum("Because of" in text for text in read.values()) > len(WITHOUT_DOSES) + len(BAND_ALONE)
    found = {
        name: said
        for name, text in read.items()
        if (said := [match.group() for rule in (DOSE, PACE_OF_STEPS) for match in rule.finditer(text)])
    }
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    [
        "Reduce by 25 %.",
        "Take 0.5 mg less.",
        "Reduced every 2 weeks.",
        "Half a tablet less.",
        "Taper over ten weeks.",
    ],
)
def test_a_dose_or_a_pace_there_would_be_caught(pages: dict[str, str], planted: str) -> None:
    page = pages["tapers:draft_edit"].replace("Monitoring: ", f"{planted} Monitoring: ")
    assert DOSE.search(guidance_on(page)) or PACE_OF_STEPS.search(guidance_on(page))


def test_every_entry_that_may_come_beside_a_schedule_is_read_by_that_law(pages: dict[str, str]) -> None:
    """Of any topic: what is filed under another than these two comes there by what applies to a patient."""
    beside = guidance_on(pages["tapers:plan"])
    assert len({entry.topic for entry in EVERY}) == len(TOPICS)
    assert [entry.key for entry in EVERY if entry.paragraphs[0] not in beside] == []


def test_no_guidance_stands_on_the_paper_itself(pages: dict[str, str]) -> None:
    for name in ("handouts:handout", "handouts:draft_preview", "handouts:copy"):
        paper = pages[name].partition('<div class="paper">')[2]
        assert paper
        assert "Reference, not an order." not in paper
        assert BAND not in paper


def test_a_drug_without_a_reference_document_gets_one_line(universe: Universe) -> None:
    places = Places(universe.ours)
    places["plan_number"]
    plan = places.made["plan"]
    Plan.objects.filter(pk=plan.pk).update(drug="diazepam")
    client: Client = universe.client_of(universe.ours.provider)
    for rest in ("", "draft/", "draft/sign/", "progress/", "compare/", "summary/", "versions/1/"):
        page = client.get(f"{plan.get_absolute_url()}{rest}").content.decode()
        assert page.count("There is no reference document for <bdi>diazepam</bdi>") == 1, rest
        assert BAND not in page
        assert "What applies to this patient" not in page
        assert "Reference, not an order." not in page
