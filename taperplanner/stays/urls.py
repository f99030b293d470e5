from django.urls import path

from . import views
from .ward_paper import views as ward_paper

app_name = "stays"

PATIENT = "patients/<uuid:patient_id>/"
STAYS = f"{PATIENT}stays/"
STAY = f"{STAYS}<int:stay_number>/"
PLAN = f"{PATIENT}plans/<int:plan_number>/"

urlpatterns = [
    path(STAYS, views.stays, name="stays"),
    path(f"{STAYS}add/", views.stay_add, name="stay_add"),
    path(f"{STAY}correct/", views.stay_correct, name="stay_correct"),
    path(f"{STAY}end/", views.stay_end, name="stay_end"),
    path(f"{STAY}in-error/", views.stay_in_error, name="stay_in_error"),
    path(f"{STAYS}<int:ended_stay_number>/end/in-error/", views.end_in_error, name="end_in_error"),
    path(f"{PLAN}after-stay/", views.after_stay, name="after_stay"),
    path(f"{PATIENT}ward-paper/", ward_paper.ward_paper, name="ward_paper"),
    path(f"{PATIENT}ward-paper.pdf", ward_paper.ward_paper_pdf, name="ward_paper_pdf"),
]
