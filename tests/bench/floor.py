"""The floor: what any page of so many doses must do, asked through the product's own middleware and sign-in.

One indexed select of a version's doses, a plain template with one date a row; with one event, or without. Only the bench
has these addresses.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from taperplanner.accounts.http import ClinicRequest
from taperplanner.audit.log import record
from taperplanner.tapers.models import Dose

URLCONF: Final = __name__
PAGE: Final = """<!doctype html><title>Doses</title><table>
{% for dose in doses %}<tr><td>{{ dose.step.position }}</td><td>{{ dose.version.first_day|date:"F j, Y" }}</td>
<td>{{ dose.step.days }}</td><td>{{ dose.time }}</td><td>{{ dose.quantity_thousandths }}</td></tr>
{% endfor %}</table>"""


def floor(request: ClinicRequest, version_id: UUID, told: str) -> HttpResponse:
    doses = Dose.objects.filter(version=version_id).select_related("step", "version").order_by("position")
    if told == "told":
        record("plan.shown", **request.stamp)
    return HttpResponse(_page().render({"doses": doses}, request))


@cache
def _page() -> Any:
    return engines["django"].from_string(PAGE)


handler500 = "taperplanner.serving.errors.server_error"
urlpatterns = [
    path("bench/<uuid:version_id>/<str:told>/", floor, name="floor"),
    path("", include("taperplanner.urls")),
]
