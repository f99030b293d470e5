from django.urls import path

from . import views

app_name = "handouts"
urlpatterns = [
    path("draft/preview/", views.draft_preview, name="draft_preview"),
    path("versions/<int:version_number>/handout/", views.handout, name="handout"),
]
