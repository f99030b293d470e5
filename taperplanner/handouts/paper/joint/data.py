"""The papers of several plans as one, as the data that its page description prints.

Each medicine keeps what its own paper says. Nothing is added up or converted from one medicine to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from taperplanner.guidance.library import library
from taperplanner.tapers.schedule.schedule import Ending, Schedule

from ..content import Handout
from ..data import PaperData
from ..ending import EndingBlock, ending_of
from ..language import Translator, in_words
from ..layouts import Choice, Layout
from ..remaining import remaining
from ..texts import TextBlock
from .day_by_day import Medicine, joint_days, joint_months

# Layouts that several plans can share; the others tell of one medicine.
JOINT_LAYOUTS: Final = (Layout.SCHEDULE, Layout.CALENDAR, Layout.CHECKLIST)


def joint_data(
    papers: Sequence[tuple[Handout, Schedule]], choice: Choice, *, sheet: str, printed_on: date
) -> PaperData:
    """`papers`: of each version, with its schedule, all made for the same patient and day."""
    t, first = Translator(choice.language), papers[0][0]
    medicines = [
        Medicine(paper.drug_name, remaining(schedule, paper.printed_on)) for paper, schedule in papers
    ]
    begins = max(first.printed_on, min(schedule.first_day for _, schedule in papers))
    drugs = ", ".join(paper.drug_name for paper, _ in papers)
    return {
        "language": first.language,
        "labels": {**first.labels, **_labels(t)},
        "identity": asdict(first.identity),
        "title": t("Your plan for {count} medicines: {drugs}", count=len(papers), drugs=drugs),
        "signature": None,
        "signatures": [_signed(paper) for paper, _ in papers],
        "stated": list(_stated(papers, printed_on, t)),
        "starts": t("Start here: {day}", day=in_words(begins, t)),
        "printed": first.printed,
        "parts": [_part(paper, schedule, printed_on, choice, t) for paper, schedule in papers],
        "texts": [asdict(text) for text in _texts(paper for paper, _ in papers)],
        "sources_line": max((paper.sources_line for paper, _ in papers), key=len),
        "mark": asdict(first.mark) if first.mark else None,
        "copy": asdict(first.copy) if first.copy else None,
        "layout": f"joint-{choice.laid_out_as.value}",
        "size": choice.size.value,
        "sheet": sheet,
        "is_wide": choice.is_wide,
        "foot": first.labels["foot"],
        **_of_layout(medicines, begins, choice, t),
    }


def _of_layout(medicines: Sequence[Medicine], begins: date, choice: Choice, t: Translator) -> PaperData:
    match choice.laid_out_as:
        case Layout.CALENDAR:
            return {"months": [asdict(month) for month in joint_months(medicines, begins, t)]}
        case Layout.CHECKLIST:
            return {"days": [asdict(day) for day in joint_days(medicines, begins, t)]}
        case _:
            return {}


def _labels(t: Translator) -> dict[str, str]:
    return {
        "medicine": t("Medicine"),
        "key_line": t(
            "Do not stop any of these medicines suddenly. Do one step of each medicine at a time. When a new step of a"
            " medicine starts, its old step is over."
        ),
    }


def _signed(paper: Handout) -> str:
    """ "clonazepam: Version 2, signed by Ada Alvarez, MD, on March 2, 2026"."""
    signature = paper.signature
    assert signature is not None  # noqa: S101 - only what is signed stands on a joint paper
    return f"{paper.drug_name}: {paper.signed_by} {signature.signed_by} {paper.signed_on}"


def _stated(papers: Sequence[tuple[Handout, Schedule]], printed_on: date, t: Translator) -> Iterable[str]:
    """Which papers this one takes the place of, and who checked each version."""
    begins = papers[0][0].printed_on
    if begins > printed_on:
        yield t(
            "From {day} on this paper takes the place of every older paper for these medicines. Keep older papers until"
            " that day. Then throw them out.",
            day=in_words(begins, t),
        )
    else:
        yield t("This paper takes the place of every older paper for these medicines. Throw them out.")
    for paper, _ in papers:
        if paper.signature and paper.signature.checked:
            yield f"{paper.drug_name}: {paper.signature.checked}"


def _part(
    paper: Handout, schedule: Schedule, printed_on: date, choice: Choice, t: Translator
) -> dict[str, Any]:
    """What its own paper says of this medicine, without what stands once on the whole."""
    whole = asdict(paper)
    for once in ("texts", "labels", "identity", "copy", "mark", "signature", "printed_on"):
        del whole[once]
    # A step that is only over when the paper begins is not over on the day of printing.
    over = paper.over if paper.printed_on == printed_on else ""
    # A page may begin with any step of any medicine.
    steps = [{**step, "name": f"{paper.drug_name}: {step['name']}"} for step in whole["steps"]]
    return {
        **whole,
        "over": over,
        "steps": steps,
        "ending": asdict(_ending(paper, schedule, choice, t)),
        "as_needed": _as_needed(paper),
        "last_line": f"{paper.drug_name}: {paper.last_line}",
    }


def _ending(paper: Handout, schedule: Schedule, choice: Choice, t: Translator) -> EndingBlock:
    """Its title names the medicine: beside it stands another, which goes on, maybe long after the last step of this."""
    day, drug = in_words(schedule.day_after, t), paper.drug_name
    has_steps = choice.laid_out_as is Layout.SCHEDULE
    ending = ending_of(schedule, drug, t, today=paper.printed_on, has_steps=has_steps)
    if schedule.ending is Ending.STOP:
        title = t("STOP {drug} on {day}", drug=drug, day=day)
    else:
        title = f"{drug}: {ending.title}"
    return EndingBlock(title, ending.sentences)


def _as_needed(paper: Handout) -> dict[str, Any] | None:
    if paper.as_needed is None:
        return None
    return {**asdict(paper.as_needed), "title": f"{paper.drug_name}: {paper.as_needed.title}"}


def _texts(papers: Iterable[Handout]) -> list[TextBlock]:
    """What stands beside any of them, once, in its order."""
    found = {text.key: text for paper in papers for text in paper.texts}
    order = [text.key for text in library().patient_texts(next(iter(found.values())).language)]
    return sorted(found.values(), key=lambda text: order.index(text.key))
