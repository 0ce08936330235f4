from importlib import import_module

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    name = "readiness"

    def ready(self) -> None:
        # The score's card appears on the Passport page, which is a floor below and may not import it.
        import_module("readiness.panel")
        # And the task of a score below the line in the leader's clinic.
        import_module("readiness.coaching_flags")
        # So does the score among what a case conference may take as evidence.
        import_module("readiness.clinic")
        # What is somebody's own registers itself for their archive.
        import_module("readiness.archived")
