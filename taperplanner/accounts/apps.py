from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "taperplanner.accounts"
    label = "accounts"
