"""Every address. A room brings its own; sign-in is allauth's, only the pages we use."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path, re_path

handler500 = "taperplanner.serving.errors.server_error"

urlpatterns = [
    path("", include("taperplanner.serving.urls")),
    path("", include("taperplanner.worklist.urls")),
    path("", include("taperplanner.accounts.urls")),
    path("account/login/", account.login, name="account_login"),
    path("account/logout/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/change/", account.password_change, name="account_change_password"),
    re_path(
        r"^account/password/set/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/two-step/", include("allauth.mfa.urls")),
    path("clinic/clock/", include("taperplanner.clock.urls")),
    path("clinic/protocols/", include("taperplanner.protocols.urls")),
    path("", include("taperplanner.registry.urls")),
    path("", include("taperplanner.monitoring.urls")),
    path("", include("taperplanner.stays.urls")),
    path("guidance/", include("taperplanner.guidance.urls")),
    path("patients/", include("taperplanner.patients.urls")),
    path("patients/<uuid:patient_id>/notices/", include("taperplanner.recall.urls")),
    path("patients/<uuid:patient_id>/flags/", include("taperplanner.flags.urls")),
    path("patients/<uuid:patient_id>/plans/", include("taperplanner.tapers.urls")),
    path("", include("taperplanner.handouts.urls")),
]
