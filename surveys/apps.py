from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "Surveys"

    def ready(self) -> None:
        # What is somebody's own registers itself for their archive.
        import_module("surveys.archived")
