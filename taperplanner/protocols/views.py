"""The clinic's own notes: read by everybody who sees guidance, written by a manager."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest, edit_stamp
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.saving import bound_data, saved, submit

from . import actions
from .decorators import with_protocol
from .forms import NewProtocolForm, ProtocolForm, WithdrawForm
from .listing import by_topic
from .models import Protocol


@require_safe
@requires(Permission.SEE_GUIDANCE)
def index(request: ClinicRequest) -> HttpResponse:
    return render(request, "protocols/index.html", {"topics": by_topic(request.clinic)})


@require_safe
@requires(Permission.SEE_GUIDANCE)
@with_protocol
def protocol(request: ClinicRequest, protocol: Protocol) -> HttpResponse:
    """What it says now, and each version that it said before."""
    newest, *older = protocol.versions.newest_first()
    context = {"protocol": protocol, "newest": newest, "older": older}
    return render(request, "protocols/protocol.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@taken_once
def protocol_add(request: ClinicRequest) -> HttpResponse:
    form = NewProtocolForm(bound_data(request), initial={"topic": request.GET.get("topic", "")})
    add = partial(actions.add_protocol, clinic=request.clinic, **request.stamp)
    sent = submit(request, form, lambda: add(**form.cleaned_data))
    if sent.is_done:
        return saved(request, "The note was added. Everybody at the clinic sees it.", sent.result)
    return render(request, "protocols/protocol_add.html", sent.context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_protocol
def protocol_edit(request: ClinicRequest, protocol: Protocol) -> HttpResponse:
    form = ProtocolForm(bound_data(request), initial=ProtocolForm.values_to_edit(protocol))
    edit = partial(actions.edit_protocol, protocol=protocol, **edit_stamp(request))
    sent = submit(request, form, lambda: edit(**form.cleaned_data), row=protocol)
    if sent.is_done:
        return saved(request, "A new version of the note was saved. The older ones stay readable.", protocol)
    context = {**sent.context, "protocol": protocol}
    return render(request, "protocols/protocol_edit.html", context, status=sent.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_protocol
def protocol_withdraw(request: ClinicRequest, protocol: Protocol) -> HttpResponse:
    form = WithdrawForm(bound_data(request))
    withdraw = partial(actions.withdraw_protocol, protocol=protocol, **edit_stamp(request))
    sent = submit(request, form, lambda: withdraw(**form.cleaned_data), row=protocol)
    if sent.is_done:
        return saved(request, "The note was withdrawn. It no longer appears beside its topic.", protocol)
    context = {**sent.context, "protocol": protocol, "newest": protocol.versions.newest_first()[0]}
    return render(request, "protocols/protocol_withdraw.html", context, status=sent.status)
