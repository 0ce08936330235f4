from importlib import import_module

from django.apps import AppConfig


class SponsorsConfig(AppConfig):
    name = "sponsors"
    verbose_name = "Clinic"

    def ready(self) -> None:
        # Who helps a leader is told on the Passport, which is a floor below too.
        import_module("sponsors.helpers")
        # Coaching sessions appear in the calendar of sessions, which is a floor below and may not import it.
        import_module("sponsors.session_calendar")
        import_module("sponsors.calendar_days")
        # A file of appointments, which people write, calls reviews here.
        import_module("sponsors.new_roles")
        # Whom a selection appointed is onboarded here.
        import_module("sponsors.chosen_leaders")
        # What the records say of a leader registers itself as evidence, as rooms above do.
        import_module("sponsors.evidence_makers")
        # What is somebody's own registers itself for their archive.
        import_module("sponsors.archived")
