from django.urls import path

from . import views

app_name = "protocols"

urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.protocol_add, name="protocol_add"),
    path("<uuid:protocol_id>/", views.protocol, name="protocol"),
    path("<uuid:protocol_id>/edit/", views.protocol_edit, name="protocol_edit"),
    path("<uuid:protocol_id>/withdraw/", views.protocol_withdraw, name="protocol_withdraw"),
]
