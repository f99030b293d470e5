from django.urls import path

from . import views

app_name = "flags"

FLAG = "<int:flag_number>/"

urlpatterns = [
    path("", views.flags, name="flags"),
    path("add/", views.flag_add, name="flag_add"),
    path(f"{FLAG}seen/", views.flag_seen, name="flag_seen"),
    path(f"{FLAG}done/", views.flag_done, name="flag_done"),
]
