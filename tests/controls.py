"""Take the most important controls out one by one, and see that the suite notices:

    .venv/bin/python -m tests.controls

Each row breaks one line in a copy of the tree and runs the tests that the hazard log names for that
control. A run that stays green is a control nobody would miss, and ends this command with an error.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
TESTS_FAILED: Final = 1  # pytest's exit code; any other means that the tests did not run
LEFT_OUT: Final = shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.sqlite3", ".*_cache", "var")


@dataclass(frozen=True)
class Control:
    """`text` stands once in `file`; `broken` is what it becomes."""

    hazard: str
    what: str
    file: str
    text: str
    broken: str
    tests: str


CONTROLS: Final = (
    Control(
        "H13",
        "tablets that do not add up to the typed dose stop signing",
        "taperplanner/tapers/problems.py",
        "if step.dose is not None and step.total is not None and step.total != step.dose:",
        "if False:",
        "tests/tapers/test_problems.py",
    ),
    Control(
        "H7",
        "a dose is read strictly",
        "taperplanner/doses.py",
        "    if not match:\n        raise NotAnAmount(_what_to_type(text.strip(), example))",
        "    if not match:\n        return int(float(text.replace(',', '.')) * scale)",
        "tests/test_doses.py",
    ),
    Control(
        "H11",
        "a schedule without an ending cannot be signed",
        "taperplanner/tapers/problems.py",
        "    if reading.ending is None:",
        "    if False:",
        "tests/tapers/test_problems.py",
    ),
    Control(
        "H2",
        "another clinic's patient is not there",
        "taperplanner/patients/decorators.py",
        "get_object_or_404(request.clinic.patients, pk=patient_id)",
        "get_object_or_404(Patient, pk=patient_id)",
        "tests/test_access.py",
    ),
    Control(
        "H19",
        "a version changed in the database is not shown",
        "taperplanner/tapers/signed.py",
        "    if content.content_hash() != version.content_hash",
        "    if False",
        "tests/test_append_only.py",
    ),
    Control(
        "H19",
        "the database refuses to change what was signed",
        "taperplanner/append_only.py",
        'yield from ("UPDATE", "DELETE")',
        'yield from ("DELETE",)',
        "tests/test_append_only.py",
    ),
    Control(
        "H18",
        "two who edit one draft do not overwrite each other",
        "taperplanner/edits.py",
        "    if current.revision != revision:",
        "    if False:",
        "tests/tapers/test_actions.py",
    ),
    Control(
        "H20",
        "signing asks for the password again",
        "taperplanner/tapers/forms.py",
        "if not self.user.check_password(password):",
        "if False:",
        "tests/tapers/test_signing_views.py",
    ),
    Control(
        "H16",
        "a step that was carried over is confirmed or retyped",
        "taperplanner/tapers/problems.py",
        "if origin_of(step.typed, reading.base) and not step.typed.confirmed:",
        "if False:",
        "tests/tapers/test_revisions.py",
    ),
    Control(
        "H4",
        "a replaced paper is marked across every page",
        "taperplanner/handouts/paper.py",
        "    if replaced is None:",
        "    if replaced is not None or replaced is None:",
        "tests/handouts/test_copies.py",
    ),
    Control(
        "H4",
        "a copy of a replaced version is called back",
        "taperplanner/handouts/models.py",
        "return self.filter(~models.Q(version__plan__state=State.OPEN) | models.Exists(newer))",
        "return self.filter(~models.Q(version__plan__state=State.OPEN))",
        "tests/handouts/test_copies.py",
    ),
    Control(
        "H5",
        "what is no printed copy says so across every page",
        "taperplanner/handouts/paper.py",
        "    if mark is None and copy is None:",
        "    if False:",
        "tests/handouts/test_views.py",
    ),
    Control(
        "H15",
        "a row of the paper is kept on one page",
        "templates/handouts/schedule.typ",
        "..step.times.map(((name, lines)) => table.cell(breakable: false, taken(paper, lines))),",
        "..step.times.map(((name, lines)) => table.cell(breakable: true, taken(paper, lines))),",
        "tests/handouts/test_proof.py",
    ),
    Control(
        "H6",
        "a strength is never broken in two",
        "templates/handouts/parts.typ",
        "#let strength(line) = box(line.product)",
        '#let strength(line) = line.product.replace("/", "/ ")',
        "tests/handouts/test_proof.py",
    ),
    Control(
        "H21",
        "a text without a translation is never said in English",
        "taperplanner/handouts/language.py",
        '            raise NotTranslated(f"{self.language.label}: {text}") from None',
        "            return text",
        "tests/handouts/test_language.py",
    ),
    Control(
        "H3",
        "today is the clinic's day",
        "taperplanner/accounts/models.py",
        "return moment.astimezone(self.zone).date()",
        "return moment.date()",
        "tests/tapers/test_schedule_views.py -k today",
    ),
    Control(
        "H1",
        "the patient's birth date is typed at the signature",
        "taperplanner/tapers/forms.py",
        "        if typed != self.born_on:",
        "        if False:",
        "tests/tapers/test_signing_views.py",
    ),
    Control(
        "H23",
        "a clinic's note with figures is not shown beside a schedule",
        "taperplanner/protocols/beside.py",
        "is_shown=not _states_figures(version)",
        "is_shown=True",
        "tests/protocols/test_beside.py",
    ),
    Control(
        "H2",
        "a clinic's own notes are its own",
        "taperplanner/protocols/models.py",
        "self.filter(protocol__clinic=clinic, number=",
        "self.filter(number=",
        "tests/protocols/test_beside.py",
    ),
    Control(
        "H24",
        "a clinic that asks for reviewed texts prints no other",
        "taperplanner/handouts/reviewed.py",
        "texts_awaiting(texts, today) if clinic.requires_reviewed_texts else ()",
        "()",
        "tests/handouts/test_reviewed.py",
    ),
    Control(
        "H21",
        "a text is whole in each language",
        "taperplanner/guidance/loading.py",
        "        *unpaired(root, texts),\n",
        "",
        "tests/guidance/test_patient_files.py",
    ),
    Control(
        "H25",
        "a follow-up is overdue from the clinic's next day on",
        "taperplanner/monitoring/due.py",
        "Standing.OVERDUE if due_on < today",
        "Standing.OVERDUE if due_on <= today",
        "tests/monitoring/test_due.py",
    ),
    Control(
        "H25",
        "a check-in answers only a follow-up of its own plan",
        "taperplanner/monitoring/actions/check_ins.py",
        "    if current.plan_id != plan.pk:",
        "    if False:",
        "tests/monitoring/test_check_ins.py",
    ),
    Control(
        "H25",
        "whose step a newer version moved waits for a decision",
        "taperplanner/monitoring/models/follow_ups.py",
        "return self.open().filter(Exists(newer))",
        "return self.none()",
        "tests/monitoring/test_follow_ups.py",
    ),
    Control(
        "H31",
        "a danger symptom raises an emergency",
        "taperplanner/monitoring/danger.py",
        "if symptom.is_danger and ratings.get(key)]",
        "if symptom.is_danger and ratings.get(key, 0) > 1]",
        "tests/monitoring/test_pure.py",
    ),
    Control(
        "H31",
        "only a provider closes an emergency",
        "taperplanner/monitoring/actions/emergencies.py",
        "    if not by.may(Permission.CLOSE_EMERGENCY):",
        "    if False:",
        "tests/monitoring/test_check_ins.py",
    ),
    Control(
        "H32",
        "the first day short is the first whose doses are not all there",
        "taperplanner/monitoring/supply.py",
        "need.first_day + timedelta(days=days_there)",
        "need.first_day + timedelta(days=days_there + 1)",
        "tests/monitoring/test_supply.py",
    ),
)


def survives(control: Control) -> str:
    """Empty when the tests went red without the control; otherwise what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "tree")
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        file = tree / control.file
        source = file.read_text()
        if source.count(control.text) != 1:
            return f"{control.file} no longer holds this control once"
        file.write_text(source.replace(control.text, control.broken))
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n0",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            *control.tests.split(),
        ]
        run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    if run.returncode == TESTS_FAILED:
        return ""
    return f"the tests did not notice (exit {run.returncode}):\n{run.stdout[-2000:]}"


def main() -> int:
    with ThreadPoolExecutor(2) as pool:
        results = list(zip(CONTROLS, pool.map(survives, CONTROLS), strict=True))
    for control, wrong in results:
        print(f"{'NOT NOTICED' if wrong else 'noticed'}: {control.hazard}, {control.what}. {wrong}")
    missed = sum(bool(wrong) for _, wrong in results)
    print(f"{len(results) - missed} of {len(results)} controls were taken out and noticed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
