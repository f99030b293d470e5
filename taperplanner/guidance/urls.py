"""Addresses under /guidance/."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "guidance"

urlpatterns = [
    path("", views.index, name="index"),
    path("about/", views.about, name="about"),
    path("paper/", views.paper, name="paper"),
    path("<slug:topic>/", views.topic, name="topic"),
    path("<slug:topic>/<slug:slug>/", views.entry, name="entry"),
]
