"""The page on which a copy is chosen: it says what a print makes, and offers only what can be made."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from taperplanner.guidance.patient_texts import Language
from taperplanner.handouts.paper.layouts import Choice, Layout, Size
from taperplanner.handouts.printing.may_print import CannotPrint
from taperplanner.handouts.printing.presets import preset
from taperplanner.patients.models import Patient
from taperplanner.tapers.models import Plan, Version

from ..world.course import words_of
from ..world.people import answer_all, build_patient
from ..world.plans import open_plan, sign_plan, signed_version, typed_schedule
from ..world.printing import print_handout
from ..world.universe import NOW, Universe

CHOICE = {"layout": "schedule", "size": "regular", "language": "en"}
BY_THE_BROWSER = "Make a schedule table for the browser to print"


@pytest.fixture(autouse=True)
def _now() -> object:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def version(universe: Universe) -> Version:
    return signed_version(universe.ours)


def asked(version: Version, universe: Universe, **choice: str) -> str:
    address = f"{version.get_absolute_url()}handout/print/"
    return words_of(universe.client_of(universe.ours.staff).get(address, choice))


def preview(version: Version, universe: Universe, **choice: str) -> str:
    """As the page of the choice asks for it."""
    address = f"{version.get_absolute_url()}handout/print/preview/"
    return words_of(
        universe.client_of(universe.ours.staff).get(address, choice, headers={"HX-Request": "true"})
    )


def print_it(version: Version, universe: Universe, choice: Choice) -> None:
    version.plan = Plan.objects.select_related("patient__clinic").get(pk=version.plan_id)
    print_handout(version=version, choice=choice, by=universe.ours.staff, at=NOW)


def test_the_browser_is_offered_for_a_letter_that_no_font_has(universe: Universe, version: Version) -> None:
    patient = version.plan.patient
    type(patient).objects.filter(pk=patient.pk).update(preferred_name="ཀ")
    assert BY_THE_BROWSER in preview(version, universe, **CHOICE)


def test_the_browser_is_not_offered_where_the_layout_does_not_fit(universe: Universe) -> None:
    long = replace(
        typed_schedule(), steps=(replace(typed_schedule().steps[0], days="1200"), *typed_schedule().steps[1:])
    )
    page = preview(
        sign_plan(open_plan(universe.ours), universe.ours, long),
        universe,
        **{**CHOICE, "layout": "checklist"},
    )
    assert "too long for a page of each day" in page
    assert BY_THE_BROWSER not in page


def test_many_pages_are_said_beside_the_button(universe: Universe, version: Version) -> None:
    long = replace(
        typed_schedule(), steps=(replace(typed_schedule().steps[0], days="700"), *typed_schedule().steps[1:])
    )
    patient = build_patient(universe.ours)
    answer_all(patient, by=universe.ours.provider)
    longer = sign_plan(open_plan(universe.ours, patient), universe.ours, long)
    choice = {**CHOICE, "layout": "checklist"}
    said = preview(longer, universe, **choice)
    pages = int(said.partition("This makes ")[2].partition(" pages.")[0])
    assert pages > 10
    assert f"And {pages - 2} more pages." in said
    assert "This makes" not in preview(version, universe, **CHOICE)


def test_without_a_script_the_pages_stand_on_a_page_of_their_own(
    universe: Universe, version: Version
) -> None:
    client = universe.client_of(universe.ours.staff)
    page = client.get(
        f"{version.get_absolute_url()}handout/print/", {**CHOICE, "layout": "diary"}
    ).content.decode()
    link = re.search(r'<a href="([^"]*)">Show the pages</a>', page)
    assert link
    shown = client.get(link[1].replace("&amp;", "&"))
    assert "Back to the choice" in words_of(shown)
    assert "Preview of page 1 of" in shown.content.decode()
    assert "layout=diary" in shown.content.decode()


def test_show_the_preview_leads_to_what_was_chosen_and_puts_no_token_or_key_into_an_address(
    universe: Universe, version: Version
) -> None:
    client = universe.client_of(universe.ours.staff)
    sent = {**CHOICE, "layout": "pharmacy", "fill_days": "a week", "keep": "on"}
    address = f"{version.get_absolute_url()}handout/print/preview/"
    to = client.post(address, {**sent, "csrfmiddlewaretoken": "t0ken", "once": "0" * 32})["Location"]
    assert "t0ken" not in to
    assert "once" not in to
    form = client.get(to).context["form"]
    assert {name: form[name].value() for name in sent} == {**sent, "keep": True}
    assert not version.copies.exists()


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("", "Enter how many days the pharmacy fills at a time."),
        ("0", "A fill lasts at least one day. Enter the number of days."),
    ],
)
def test_a_preview_that_cannot_be_made_yet_says_what_to_do(
    universe: Universe, version: Version, days: str, says: str
) -> None:
    page = asked(version, universe, **{**CHOICE, "layout": "pharmacy", "fill_days": days})
    assert says in page
    assert "There is no preview yet." in page
    assert "A step lasts" not in page


def test_the_note_that_there_is_no_preview_stands_only_where_there_is_none(
    universe: Universe, version: Version
) -> None:
    assert "There is no preview yet." not in asked(version, universe, **CHOICE)


# --- What is offered the next time ------------------------------------------------------------


def language_offered(version: Version, universe: Universe) -> str:
    page = universe.client_of(universe.ours.staff).get(f"{version.get_absolute_url()}handout/print/")
    found = re.search(r'name="language"\s+[^>]*value="(\w+)"[^>]*checked', page.content.decode())
    assert found
    return found[1]


def test_the_language_of_one_patient_is_not_offered_to_the_next(universe: Universe, version: Version) -> None:
    print_it(version, universe, Choice(language=Language.SPANISH))
    patient = build_patient(universe.ours)
    answer_all(patient, by=universe.ours.provider)
    next_one = sign_plan(open_plan(universe.ours, patient), universe.ours)
    assert language_offered(version, universe) == "es"
    assert language_offered(next_one, universe) == "en"


def test_a_patients_language_is_offered_to_whoever_prints_next(universe: Universe, version: Version) -> None:
    print_it(version, universe, Choice(language=Language.SPANISH))
    page = universe.client_of(universe.ours.provider).get(f"{version.get_absolute_url()}handout/print/")
    assert re.search(r'value="es"[^>]*checked', page.content.decode())


def test_a_pharmacy_summary_leaves_the_patients_language_alone(universe: Universe, version: Version) -> None:
    print_it(version, universe, Choice(language=Language.SPANISH))
    print_it(version, universe, Choice(Layout.PHARMACY, Size.REGULAR, Language.ENGLISH, 28))
    assert language_offered(version, universe) == "es"


def offered(version: Version, universe: Universe) -> tuple[str, ...]:
    page = universe.client_of(universe.ours.staff).get(f"{version.get_absolute_url()}handout/print/")
    found = re.findall(r'name="(?:language|size)"\s+[^>]*value="(\w+)"[^>]*checked', page.content.decode())
    return tuple(sorted(found))


def sent(version: Version, universe: Universe, **choice: str) -> None:
    answer = universe.client_of(universe.ours.staff).post(
        f"{version.get_absolute_url()}handout/print/", {**CHOICE, **choice}
    )
    assert answer.status_code == 302


def test_what_the_patient_reads_is_preset_and_changes_only_when_somebody_says_so(
    universe: Universe, version: Version
) -> None:
    sent(version, universe, language="es", size="large", keep="on")
    assert offered(version, universe) == ("es", "large")
    sent(version, universe, language="en", size="regular")
    assert offered(version, universe) == ("es", "large")
    patient = Patient.objects.get(pk=version.plan.patient_id)
    assert patient.paper_preferences == "Spanish, large print"
    page = universe.client_of(universe.ours.staff).get(f"{patient.get_absolute_url()}history/")
    assert "Language of the papers" in page.content.decode()


def test_a_pharmacy_summary_keeps_nothing_for_the_patient(universe: Universe, version: Version) -> None:
    sent(version, universe, layout="pharmacy", fill_days="28", keep="on")
    assert Patient.objects.get(pk=version.plan.patient_id).paper_preferences == "not asked"


def test_an_archived_patient_is_not_changed_by_a_print(universe: Universe, version: Version) -> None:
    version.plan = Plan.objects.select_related("patient__clinic").get(pk=version.plan_id)
    Patient.objects.filter(pk=version.plan.patient_id).update(archived_at=NOW, archived_reason="Moved")
    with pytest.raises(CannotPrint):
        print_handout(version=version, choice=Choice(), by=universe.ours.staff, at=NOW, keep=True)


def test_large_print_has_one_paper_of_each_day_and_the_calendar_leads_to_it(
    universe: Universe, version: Version
) -> None:
    page = asked(version, universe, **{**CHOICE, "layout": "calendar", "size": "large"})
    assert "Choose the checklist: it has a block for each day." in page
    assert preset_of_large(version, Layout.CALENDAR) is Layout.CHECKLIST


def preset_of_large(version: Version, layout: Layout) -> Layout:
    version.plan.patient.letter_size = "large"
    return preset(version.plan, layout).layout


def test_the_migration_carries_over_what_the_last_paper_says_and_leaves_the_others_not_asked(
    universe: Universe, version: Version
) -> None:
    other = build_patient(universe.ours)
    print_it(version, universe, Choice(size=Size.REGULAR))
    print_it(version, universe, Choice(size=Size.LARGE, language=Language.SPANISH))
    print_it(version, universe, Choice(Layout.PHARMACY, fill_days=28))
    import_module("taperplanner.handouts.migrations.0004_carry_how_patients_read").carry(apps, None)
    patient = Patient.objects.get(pk=version.plan.patient_id)
    assert patient.paper_preferences == "Spanish, large print"
    assert patient.history.latest().paper_language == "es"
    assert Patient.objects.get(pk=other.pk).paper_preferences == "not asked"
