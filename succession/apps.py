from importlib import import_module

from django.apps import AppConfig


class SuccessionConfig(AppConfig):
    name = "succession"

    def ready(self) -> None:
        # Days that stand in the one calendar of everybody whom they concern.
        import_module("succession.calendar_days")
        # What is somebody's own registers itself for their archive.
        import_module("succession.archived")
