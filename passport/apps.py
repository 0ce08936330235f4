from importlib import import_module

from django.apps import AppConfig


class PassportConfig(AppConfig):
    name = "passport"

    def ready(self) -> None:
        # Mentoring is a floor below and may not import the Passport; contracts there name milestones.
        import_module("passport.mentoring")
        import_module("passport.refusals")
        import_module("passport.checks")
        # What is somebody's own registers itself for their archive.
        import_module("passport.archived")
