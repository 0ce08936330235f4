"""What a summary says, as plain values, and the digests by which it is compared with the record."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FORMAT: Final = "clinicleader-summary-1"


class ItemKind(TextChoices):
    """Where an attested item comes from, in the order of the page."""

    STAMP = "stamp", _("Milestones")
    POD = "pod", _("Marked skill pods")
    CAPSTONE = "capstone", _("Capstone projects")
    COMMITTEE = "committee", _("Committee roles")
    DELIVERABLE = "deliverable", _("Mentorship deliverables")


@dataclass(frozen=True, slots=True)
class Item:
    """Something that another one attested: `on` it was reached; `rule` says what had to be seen."""

    kind: str
    title: str
    on: dt.date
    attested_by: str
    attested_on: dt.date
    detail: str = ""
    rule: str = ""

    def as_plain(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}


def newest_first(items: Sequence[Item]) -> list[Item]:
    """In an order that depends on the items alone."""
    return sorted(items, key=lambda item: (item.on, item.attested_on, item.kind, item.title), reverse=True)


def digest_of(item: dict[str, str]) -> str:
    """SHA-256 of the item's fields in JSON, sorted by name, without spaces, in UTF-8."""
    written = json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def digest_of_all(items: Sequence[dict[str, str]]) -> str:
    """SHA-256 of the items' digests, sorted, one a line."""
    return sha256("\n".join(sorted(map(digest_of, items))).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A paper beside the record of today. `gone`: printed, and not on record in these words any more;
    `since`: on record, and not on the paper."""

    printed: int
    gone: int
    since: int

    @property
    def matches(self) -> bool:
        return not self.gone


def compared(printed: Sequence[dict[str, str]], today: Sequence[dict[str, str]]) -> Comparison:
    before, now = (Counter(map(digest_of, items)) for items in (printed, today))
    return Comparison(len(printed), (before - now).total(), (now - before).total())


def counts_of(items: Sequence[dict[str, str]]) -> list[tuple[str, int]]:
    """How many there are of each kind that there is, by the kind's words."""
    count = Counter(item["kind"] for item in items)
    return [(str(kind.label), count[kind]) for kind in ItemKind if count[kind]]


def items_in(content: dict[str, Any]) -> list[dict[str, str]]:
    """The items of a summary that was kept."""
    items: list[dict[str, str]] = content["items"]
    return items
