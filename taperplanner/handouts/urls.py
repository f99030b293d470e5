from django.urls import URLPattern, URLResolver, include, path

from .batches import views as batches
from .copies.views import copies, joint, previews, printing, text

app_name = "handouts"

of_a_copy: list[URLPattern | URLResolver] = [
    path("", copies.copy, name="copy"),
    path("handout.pdf", copies.copy_pdf, name="copy_pdf"),
    path("record/", copies.copy_record, name="copy_record"),
    path("as-printed.pdf", copies.copy_file, name="copy_file"),
    path("outcome/", copies.copy_outcome, name="copy_outcome"),
]
of_a_version: list[URLPattern | URLResolver] = [
    path("handout/", previews.handout, name="handout"),
    path("handout.pdf", printing.handout_pdf, name="handout_pdf"),
    path("handout/text/", text.handout_text, name="handout_text"),
    path("handout/print/", printing.handout_print, name="handout_print"),
    path("handout/print/preview/", printing.handout_preview, name="handout_preview"),
    path("handout/copies/<int:copy_number>/", include(of_a_copy)),
]
of_a_plan: list[URLPattern | URLResolver] = [
    path("draft/preview/", previews.draft_preview, name="draft_preview"),
    path("versions/<int:version_number>/", include(of_a_version)),
]
urlpatterns = [
    path("patients/<uuid:patient_id>/plans/<int:plan_number>/", include(of_a_plan)),
    path("patients/<uuid:patient_id>/handout/", joint.patient_handout, name="patient_handout"),
    path(
        "patients/<uuid:patient_id>/handout/print/", joint.patient_handout_print, name="patient_handout_print"
    ),
    # Before the code: no code has these letters.
    path("handouts/batches/add/", batches.batch_add, name="batch_add"),
    path("handouts/batches/<uuid:batch_id>/", batches.batch, name="batch"),
    path("handouts/batches/<uuid:batch_id>/next/", batches.batch_next, name="batch_next"),
    path("handouts/batches/<uuid:batch_id>/handouts.pdf", batches.batch_pdf, name="batch_pdf"),
    path("handouts/", copies.code, name="code"),
    path("handouts/<str:code>/", copies.copy_state, name="copy_state"),
]
