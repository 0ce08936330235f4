from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinicleader.demo.making import make_demo_organizations
from tenancy.models import Organization


class Command(BaseCommand):
    help = "Make two invented organisations to look around in, or a very large one to measure with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where organisations exist")
        parser.add_argument("--yes", action="store_true", help="also in production mode")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["yes"]:
            raise CommandError("This adds invented people to a production installation. Say --yes if meant.")
        if options["if_empty"] and Organization.objects.exists():
            self.stdout.write("There are organisations already; nothing was made.")
            return
        make_demo_organizations(tell=self.stdout.write)
