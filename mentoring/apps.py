from importlib import import_module

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"
    verbose_name = "Mentoring"

    def ready(self) -> None:
        # What is somebody's own registers itself for their archive.
        import_module("mentoring.archived")
