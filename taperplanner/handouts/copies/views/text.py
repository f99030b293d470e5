"""The signed steps as one text, for the order field of another system."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.permissions import Permission
from taperplanner.tapers.decorators import with_version
from taperplanner.tapers.page import schedule_page
from taperplanner.tapers.wording.order_text import order_text

from ...printing.job import PrintJob
from ..decorators import requires_printable

# Characters that a prescription's directions and a longer field of an order commonly hold.
FIELDS: Final = (140, 1000)


@require_safe
@requires(Permission.PRINT_HANDOUT)
@with_version
@requires_printable
def handout_text(request: ClinicRequest, job: PrintJob) -> HttpResponse:
    mark = job.mark()
    text = order_text(job.content.schedule, job.content.drug_name)
    if mark:
        # Once it is copied, nothing else says so.
        text = f"{mark.word}. {mark.sentence} {text}"
    context = {
        "version": job.version,
        "mark": mark,
        "text": text,
        "fields": [(field, len(text) <= field) for field in FIELDS],
    }
    return schedule_page(request, job.version.plan, "handouts/handout_text.html", context, is_folded=True)
