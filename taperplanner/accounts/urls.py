from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("csp-report", views.csp_report, name="csp_report"),
    path("account/still-here/", views.still_here, name="still_here"),
    path("account/folds/", views.fold, name="fold"),
    path("account/access/", views.access, name="access"),
    path("account/sessions/", views.own_sessions, name="own_sessions"),
    path("account/leave/", views.own_leave, name="own_leave"),
    path("account/leave/withdraw/", views.own_leave_withdraw, name="own_leave_withdraw"),
    path("account/access/confirm/", views.access_confirm, name="access_confirm"),
    path("clinic/", views.clinic, name="clinic"),
    path("clinic/emergencies/", views.emergency_chain, name="emergency_chain"),
    path("clinic/users/", views.users, name="users"),
    path("clinic/users/activity/", views.user_activity, name="user_activity"),
    path("clinic/users/activity/file/", views.user_activity_file, name="user_activity_file"),
    path("clinic/users/add/", views.user_add, name="user_add"),
    path("clinic/users/<uuid:user_id>/edit/", views.user_edit, name="user_edit"),
    path("clinic/users/<uuid:user_id>/deactivate/", views.user_deactivate, name="user_deactivate"),
    path("clinic/users/<uuid:user_id>/reactivate/", views.user_reactivate, name="user_reactivate"),
    path("clinic/users/<uuid:user_id>/password-link/", views.user_password_link, name="user_password_link"),
    path("clinic/users/<uuid:user_id>/access/", views.user_access, name="user_access"),
    path("clinic/users/<uuid:user_id>/work/", views.user_work, name="user_work"),
    path("clinic/users/<uuid:user_id>/leave/", views.user_leave, name="user_leave"),
    path(
        "clinic/users/<uuid:user_id>/leave/<uuid:leave_id>/withdraw/",
        views.leave_withdraw,
        name="leave_withdraw",
    ),
    path("clinic/users/<uuid:user_id>/reset/", views.user_reset, name="user_reset"),
    path("clinic/users/<uuid:user_id>/confirm/", views.user_confirm, name="user_confirm"),
    path(
        "clinic/users/<uuid:user_id>/resets/<uuid:change_id>/approve/",
        views.reset_approve,
        name="reset_approve",
    ),
    path(
        "clinic/users/<uuid:user_id>/resets/<uuid:change_id>/withdraw/",
        views.reset_withdraw,
        name="reset_withdraw",
    ),
    path("clinic/audit/", views.audit, name="audit"),
    path("clinic/audit/file/", views.audit_file, name="audit_file"),
]
