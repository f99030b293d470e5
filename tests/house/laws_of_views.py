"""What a view may ask: its clinic's rows, and the moment of its request."""

from __future__ import annotations

from typing import Final

from . import code
from .law import Law

VIEWS: Final = (
    "taperplanner/**/views.py",
    "taperplanner/**/views/*.py",
    "taperplanner/**/decorators.py",
)

OF_VIEWS: Final = (
    Law(
        says="every lookup in a view starts at the clinic",
        finder=code.managers,
        within=VIEWS,
        broken_by=(
            "Patient.objects.get(pk=1)",
            "Patient._default_manager.all()",
            "get_object_or_404(Patient, pk=1)",
        ),
    ),
    Law(
        says="one answer has one moment: that of its request",
        finder=code.clocks,
        within=(*VIEWS, "taperplanner/**/templatetags/*.py"),
        broken_by=(
            "record('page.shown', at=timezone.now())",
            "datetime.now(UTC)",
            "date.today()",
            "from django.utils.timezone import localdate\nlocaldate()",
        ),
        excused={
            "taperplanner/guidance/templatetags/guidance.py: timezone.localdate": "an entry stands on pages of every"
            " room, also where a fragment is included without the request",
        },
    ),
    Law(
        says="a view submits a form, or answers a button, in one way",
        finder=code.caught_refusals,
        within=VIEWS,
        broken_by=(
            "try: add()\nexcept Refused as refused: form.add_error(None, str(refused))",
            "try: add()\nexcept (ValueError, actions.CannotAddPatient): pass",
        ),
        excused={
            "taperplanner/tapers/views/drafts.py: Conflict": "the step table is no form: both texts stand on its page",
            "taperplanner/tapers/views/drafts.py: actions.CannotDraft": "a button that leads elsewhere when it is refused",
            "taperplanner/tapers/views/drafts.py: actions.CannotSign": "what differs since would show the password",
            "taperplanner/monitoring/check_ins/views.py: Conflict": "its form is not judged: the page comes back as typed",
            "taperplanner/monitoring/check_ins/views.py: Refused": "the same, or a sentence for the script that asked",
            "taperplanner/monitoring/visit_summary/views.py: CannotTypeset": "a file, and no form, could not be set",
            "taperplanner/stays/ward_paper/views.py: CannotTypeset": "a file, and no form, could not be set",
            "taperplanner/handouts/copies/views/copies.py: CannotSet": "the same",
            "taperplanner/patients/access/views.py: CannotTypeset": "the same",
        },
    ),
)
