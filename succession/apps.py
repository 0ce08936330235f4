from importlib import import_module

from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    name = "succession"

    def ready(self) -> None:
        import_module("succession.calendar_days")
