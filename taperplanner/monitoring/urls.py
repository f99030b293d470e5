from django.urls import path

from .check_ins import views as check_ins
from .downtime import views as downtime
from .emergencies import views as emergencies
from .follow_ups import views as follow_ups
from .in_error import views as errors
from .notes import views as notes
from .progress import views as progress
from .reviews import views as reviews
from .supply import views as supply
from .visit_summary import views as visit_summary

app_name = "monitoring"

NOTES = "patients/<uuid:patient_id>/notes/"
PLAN = "patients/<uuid:patient_id>/plans/<int:plan_number>/"
CHECK_IN = f"{PLAN}check-ins/<int:check_in_number>/"
EMERGENCY = f"{PLAN}emergencies/<uuid:emergency_id>/"
FOLLOW_UP = f"{PLAN}follow-ups/<int:follow_up_number>/"

urlpatterns = [
    path(f"{PLAN}progress/", progress.progress, name="progress"),
    path(f"{PLAN}summary/", visit_summary.visit_summary, name="visit_summary"),
    path(f"{PLAN}summary.pdf", visit_summary.visit_summary_pdf, name="visit_summary_pdf"),
    path(f"{PLAN}follow-ups/add/", follow_ups.follow_up_add, name="follow_up_add"),
    path(f"{PLAN}follow-ups/moved/", follow_ups.follow_ups_moved, name="follow_ups_moved"),
    path(f"{FOLLOW_UP}edit/", follow_ups.follow_up_edit, name="follow_up_edit"),
    path(f"{FOLLOW_UP}settle/", follow_ups.follow_up_settle, name="follow_up_settle"),
    path(f"{PLAN}check-ins/add/", check_ins.check_in_add, name="check_in_add"),
    path(f"{PLAN}check-ins/draft/", check_ins.check_in_draft, name="check_in_draft"),
    path(
        f"{PLAN}check-ins/draft/discard/",
        check_ins.check_in_draft_discard,
        name="check_in_draft_discard",
    ),
    path("check-ins/new-medicines/", check_ins.new_medicines, name="new_medicines"),
    path(CHECK_IN, check_ins.check_in, name="check_in"),
    path(f"{CHECK_IN}correct/", check_ins.check_in_correct, name="check_in_correct"),
    path(f"{CHECK_IN}emergency/", emergencies.emergency_answer, name="emergency_answer"),
    path(f"{CHECK_IN}emergency/close/", emergencies.emergency_close, name="emergency_close"),
    path(EMERGENCY, emergencies.emergency_answer, name="emergency_answer"),
    path(f"{EMERGENCY}close/", emergencies.emergency_close, name="emergency_close"),
    path(f"{PLAN}supply/add/", supply.dispensing_add, name="dispensing_add"),
    path(
        f"{PLAN}supply/<int:dispensing_number>/correct/", supply.dispensing_correct, name="dispensing_correct"
    ),
    path(f"{PLAN}supply/count/", supply.home_count_add, name="home_count_add"),
    path(
        f"{PLAN}supply/products/<int:product_number>/shortfall/",
        supply.shortfall_explain,
        name="shortfall_explain",
    ),
    path(f"{PLAN}holds-asked-for/add/", downtime.hold_request_add, name="hold_request_add"),
    path(f"{PLAN}holds-asked-for/<int:hold_number>/", downtime.hold_answer, name="hold_answer"),
    path("down-time/", downtime.down_time, name="down_time"),
    path("down-time/<int:run_number>/", downtime.down_time_run, name="down_time_run"),
    path("down-time/<int:run_number>/aside/", downtime.down_time_run_aside, name="down_time_run_aside"),
    path(
        "down-time/<int:run_number>/forms/<int:form_position>/aside/",
        downtime.down_time_form_aside,
        name="down_time_form_aside",
    ),
    path(NOTES, notes.notes, name="notes"),
    path(f"{NOTES}add/", notes.note_add, name="note_add"),
    path(f"{NOTES}<int:note_number>/in-error/", notes.note_in_error, name="note_in_error"),
    path(f"{PLAN}reviews/", reviews.reviews, name="reviews"),
    path(f"{PLAN}reviews/add/", reviews.review_add, name="review_add"),
    path(f"{PLAN}reviews/<int:review_number>/correct/", reviews.review_correct, name="review_correct"),
    path(
        f"{PLAN}in-error/<slug:kind>/<int:record_number>/", errors.entered_in_error, name="entered_in_error"
    ),
]
