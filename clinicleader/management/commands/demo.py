from __future__ import annotations

import time
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinicleader.demo.making import finish_demo_organizations, half_made, make_demo_organizations
from clinicleader.demo.personas import list_personas
from clinicleader.demo.scale import MAYO, make_large_organization
from tenancy.models import Organization


class Command(BaseCommand):
    help = "Make two invented organisations to look around in, or a very large one to measure with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where organisations exist")
        parser.add_argument("--scale", choices=["mayo"], help="make one of 73,000 people instead")
        parser.add_argument("--slug", default="mayo", help="its name in addresses")
        parser.add_argument("--waves", type=int, default=1, help="its annual leader-index waves")
        parser.add_argument("--yes", action="store_true", help="also in production mode")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["yes"]:
            raise CommandError("This adds invented people to a production installation. Say --yes if meant.")
        if options["scale"]:
            self._make_large(options["slug"], options["waves"])
            return
        if options["if_empty"] and half_made():
            finish_demo_organizations()
            self.stdout.write("Finished the organisations that an earlier run had begun to make.")
            return
        if options["if_empty"] and Organization.objects.exists():
            self.stdout.write("There are organisations already; nothing was made.")
            return
        make_demo_organizations(tell=self.stdout.write)

    def _make_large(self, slug: str, waves: int) -> None:
        if Organization.objects.filter(slug=slug).exists():
            raise CommandError(f"There is an organisation {slug} already; --slug takes another name.")
        began = time.monotonic()

        def tell(line: str) -> None:
            self.stdout.write(f"{time.monotonic() - began:6.1f} s{line}")

        _, personas = make_large_organization(slug, tell=tell, scale=replace(MAYO, waves=waves))
        list_personas(personas, keep=True)
