from django.urls import path

from . import views

app_name = "registry"

urlpatterns = [
    path("clinic/registry/", views.registry, name="registry"),
    path("clinic/registry.csv", views.registry_file, name="registry_file"),
]
