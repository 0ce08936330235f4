"""manage.py found_organization: the first step of an installation."""

from __future__ import annotations

import zoneinfo
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email, validate_slug
from django.urls import reverse

from clinicleader.founding import found_organization
from people.services.founding import Founder
from people.tokens import invitation_token
from tenancy.models import Organization
from web.addresses import full_address


class Command(BaseCommand):
    help = "Make an organisation and invite the person who sets it up, by mail and by the link it prints."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="its part of every address: lower-case letters, digits, hyphens")
        parser.add_argument("name")
        parser.add_argument("--time-zone", default="UTC", help="such as Europe/London")
        parser.add_argument("--email", required=True, help="of the founder")
        parser.add_argument("--given-name", required=True)
        parser.add_argument("--family-name", required=True)
        parser.add_argument(
            "--employee-number", default="founder", help="which a later import of people will name"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check(options)
        founder = Founder(
            options["employee_number"], options["given_name"], options["family_name"], options["email"]
        )
        invitation = found_organization(options["slug"], options["name"], options["time_zone"], founder)
        path = reverse("invitations:accept", args=[options["slug"], invitation_token(invitation.pk)])
        self.stdout.write(
            f"{options['name']} is founded. {options['email']} opens the account within seven days:"
        )
        self.stdout.write(full_address(path))

    def _check(self, options: dict[str, Any]) -> None:
        try:
            validate_slug(options["slug"])
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if options["slug"] != options["slug"].lower():
            raise CommandError("The slug has capital letters.")
        if options["time_zone"] not in zoneinfo.available_timezones():
            raise CommandError(f"There is no time zone {options['time_zone']}.")
        if Organization.objects.filter(slug=options["slug"]).exists():
            raise CommandError(f"There is an organisation with the slug {options['slug']} already.")
