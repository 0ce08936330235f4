"""manage.py verify_audit: does every seal still match the rows it was made of?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenancy.audit import check_seals
from tenancy.models import Organization
from tenancy.scope import tenant_transaction


class Command(BaseCommand):
    help = "Recompute the seals of the audit trail and say which no longer match."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="organisations; all when none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        organizations = Organization.objects.order_by("slug")
        if options["slugs"]:
            organizations = organizations.filter(slug__in=options["slugs"])
        broken = 0
        for organization in organizations:
            with tenant_transaction(organization.pk, reason="verify_audit"):
                checks = check_seals()
            for check in checks:
                if not check.intact:
                    broken += 1
                    self.stderr.write(f"{organization.slug}: seal {check.number} does not match its rows")
            rows = sum(check.row_count for check in checks)
            self.stdout.write(f"{organization.slug}: {len(checks)} seals over {rows} rows checked")
        if broken:
            raise CommandError(f"{broken} broken seals: the audit trail was changed.")
