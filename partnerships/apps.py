from importlib import import_module

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = "Partnerships"

    def ready(self) -> None:
        # Whom a selection appointed leads with a partner.
        import_module("partnerships.chosen_leaders")
