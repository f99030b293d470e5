from django.urls import path

from .views import follow_ups, progress

app_name = "monitoring"

PLAN = "patients/<uuid:patient_id>/plans/<int:plan_number>/"
FOLLOW_UP = f"{PLAN}follow-ups/<int:follow_up_number>/"

urlpatterns = [
    path(f"{PLAN}progress/", progress.progress, name="progress"),
    path(f"{PLAN}follow-ups/add/", follow_ups.follow_up_add, name="follow_up_add"),
    path(f"{PLAN}follow-ups/moved/", follow_ups.follow_ups_moved, name="follow_ups_moved"),
    path(f"{FOLLOW_UP}edit/", follow_ups.follow_up_edit, name="follow_up_edit"),
    path(f"{FOLLOW_UP}settle/", follow_ups.follow_up_settle, name="follow_up_settle"),
]
