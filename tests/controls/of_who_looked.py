"""Of who looked: no refusal and no showing without its event, and no flood that fills the log."""

from __future__ import annotations

from typing import Final

from .control import Control

REFUSALS: Final = "tests/accounts/test_refusals.py"

CONTROLS: Final = (
    Control(
        "H78",
        "every refusal to somebody signed in leaves an event",
        "taperplanner/accounts/refusals.py",
        '        if reasons and hasattr(request, "stamp"):',
        "        if False:",
        f"{REFUSALS} -k own_patient_names",
    ),
    Control(
        "H78",
        "another clinic's patient is told as an invented one",
        "taperplanner/accounts/refusals.py",
        "if named and any(is_ours(clinic.pk, named) for is_ours in patient_checks) else None",
        "if named else None",
        f"{REFUSALS} -k another_clinics_row",
    ),
    Control(
        "H78",
        "what an action would not do is noted",
        "taperplanner/saving.py",
        "        note_refusal(request, refused)\n        messages.error(",
        "        messages.error(",
        f"{REFUSALS} -k would_not_do",
    ),
    Control(
        "H78",
        "a flood of refusals fills no log, and is said",
        "taperplanner/audit/limits.py",
        "    if said < MOST_IN_A_MINUTE:",
        "    if True:",
        f"{REFUSALS} -k hammers",
    ),
    Control(
        "H78",
        "an address is believed of as many proxies as there are",
        "taperplanner/accounts/client_address.py",
        "        return str(get_adapter(request).get_client_ip(request))",
        '        return request.headers.get("X-Forwarded-For", "").partition(",")[0] or'
        " str(get_adapter(request).get_client_ip(request))",
        "tests/accounts/test_client_address.py",
    ),
    Control(
        "H78",
        "a page that shows a row leaves its event",
        "taperplanner/accounts/decorators.py",
        "            if response.status_code in _SHOWS:",
        "            if False:",
        "tests/accounts/test_who_is_shown.py -k every_answer",
    ),
    Control(
        "H78",
        "a part of a page is of the showing before it only while the sitting lasts",
        "taperplanner/audit/sitting.py",
        "        at__gt=at - SITTING,\n",
        "        at__gt=at - SITTING,\n    ).exists() or not Event.objects.filter(\n        pk=None,\n",
        "tests/tapers/test_sitting.py -k htmx",
    ),
    Control(
        "H78",
        "of another person's typing the first save is an event too",
        "taperplanner/tapers/models/plans.py",
        "self.edited_by_id == user.pk and ",
        "",
        "tests/tapers/test_sitting.py -k each_person",
    ),
    Control(
        "H78",
        "the report has the lists with the patient among others",
        "taperplanner/audit/about_patient.py",
        "listed__contains=patient_id.hex",
        "pk=None",
        "tests/patients/test_access_report.py -k lists_with",
    ),
    Control(
        "H78",
        "a manager's report has no name",
        "taperplanner/patients/access/views.py",
        "    return _file(request, report, paper.Whose(form.mrn_asked), page)",
        "    return _file(request, report, paper.whose(request.clinic.patients.get(pk=found)), page)",
        "tests/patients/test_access_report.py -k never_sees_the_name",
    ),
)
