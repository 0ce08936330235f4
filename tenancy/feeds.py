"""Numbers by which others follow what changes, so that nothing is missed.

A number drawn when a row is written would not do: of two transactions the one that drew first may commit
last, and whoever has read up to the other's number would never see it. So rows are written without a number,
and whoever reads the feed numbers what is committed by then, one reader at a time in an organisation. What is
numbered later gets a higher number, however long its transaction ran.
"""

from __future__ import annotations

from django.db import connection, models

from tenancy.models import TenantModel
from tenancy.turns import one_at_a_time


class FeedEntry(TenantModel):
    """A row of a feed. It waits for its number while that is NULL; a row that changes loses it again."""

    number = models.BigIntegerField(null=True, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True


def number_what_waits(model: type[FeedEntry]) -> None:
    """Give the committed rows of a feed that have no number the next ones; the transaction at hand sees them.

    The numbers come from a sequence, so that none is ever given twice, also when the highest row is gone. A
    row that somebody changes at this moment is left to the next call, and nobody waits for them.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    one_at_a_time(f"numbers of {model._meta.db_table}")
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH waiting AS MATERIALIZED (SELECT id FROM {table} "  # noqa: S608 - a table of ours
            "WHERE organization_id = (SELECT tenancy_organization()) AND number IS NULL "
            "FOR NO KEY UPDATE SKIP LOCKED) "
            f"UPDATE {table} e SET number = nextval('tenancy_feed_number') FROM waiting w WHERE e.id = w.id"
        )


def feed_indexes(prefix: str) -> list[models.Index]:
    """What a feed is read by, and what waits for a number: a few."""
    return [
        models.Index(fields=["organization", "number"], name=f"{prefix}_number"),
        models.Index(
            fields=["organization", "id"], name=f"{prefix}_waiting", condition=models.Q(number__isnull=True)
        ),
    ]
