from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        # What is somebody's own registers itself for their archive.
        import_module("people.archived")
