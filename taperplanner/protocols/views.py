"""The clinic's own notes: read by everybody who sees guidance, written by a manager."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from taperplanner.accounts.decorators import requires
from taperplanner.accounts.http import ClinicRequest
from taperplanner.accounts.once import taken_once
from taperplanner.accounts.permissions import Permission
from taperplanner.guidance.vocabulary import TOPICS
from taperplanner.saving import Attempt, bound_data

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
    topic = request.GET.get("topic", "")
    form = NewProtocolForm(bound_data(request), initial={"topic": topic if topic in TOPICS else ""})
    if form.is_valid():
        added = actions.add_protocol(
            clinic=request.clinic, **form.cleaned_data, by=request.user, at=request.now
        )
        messages.success(request, "The note is added. Everybody of the clinic sees it beside its topic.")
        return redirect(added)
    return render(request, "protocols/protocol_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_protocol
def protocol_edit(request: ClinicRequest, protocol: Protocol) -> HttpResponse:
    # The tick that a spelling stays is the author's own, each time.
    values = ProtocolForm.values_of(protocol) | {"keeps_spelling": False}
    form = ProtocolForm(bound_data(request), initial=values)
    attempt = Attempt(request, form, protocol, ProtocolForm.values_of)
    if form.is_valid():
        with attempt:
            actions.edit_protocol(
                protocol=protocol,
                revision=attempt.revision,
                **form.cleaned_data,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The note’s new version is saved. What it said before stays readable.")
            return redirect(protocol)
    context = {**attempt.context, "protocol": protocol}
    return render(request, "protocols/protocol_edit.html", context, status=attempt.status)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_CLINIC)
@with_protocol
def protocol_withdraw(request: ClinicRequest, protocol: Protocol) -> HttpResponse:
    form = WithdrawForm(bound_data(request))
    attempt = Attempt(request, form, protocol, WithdrawForm.values_of)
    if form.is_valid():
        with attempt:
            actions.withdraw_protocol(
                protocol=protocol,
                revision=attempt.revision,
                **form.cleaned_data,
                by=request.user,
                at=request.now,
            )
            messages.success(request, "The note is withdrawn. It stands beside its topic no longer.")
            return redirect(protocol)
    context = {**attempt.context, "protocol": protocol, "newest": protocol.versions.newest_first()[0]}
    return render(request, "protocols/protocol_withdraw.html", context, status=attempt.status)
