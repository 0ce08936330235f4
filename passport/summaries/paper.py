"""A summary on paper: one page A4, with a code and a QR code by which whoever holds it can check it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any, Final

import qrcode
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passport.models import PromotionSummary
from passport.summaries.items import ItemKind, counts_of, items_in
from web.addresses import full_address
from web.pdf import Seal, Sheet, Words

MOST_ITEMS: Final = 30  # more of them could not be read on one page; JSON and CSV hold all


def sheet_of(summary: PromotionSummary, *, organization: str, address: str) -> Sheet:
    """The page: who it is about, how much of what is attested, and the newest items of each kind."""
    content: dict[str, Any] = summary.content
    items = items_in(content)
    made = date_format(timezone.localtime(summary.made_at), "DATE_FORMAT")
    figures = [(title, str(count), _("attested"), "") for title, count in counts_of(items)]
    return Sheet(
        title=content["name"],
        above=_("Promotion summary"),
        lead=", ".join(filter(None, (content["role"], content["unit"]))),
        organization=organization,
        made=made,
        facts=[
            (_("Passport no."), content["passport"]),
            (_("Stage"), content["stage"] or "–"),
            (_("Holder since"), _day(content["holder_since"])),
        ],
        figures=figures[:5],
        head=[_("What was seen"), _("Reached"), _("Attested by")],
        widths=[5, 2, 3],
        groups=_groups(items[:MOST_ITEMS]),
        notes=_notes(len(items), made),
        seal=Seal(
            _("Check this page"),
            _("Genuine, revoked or unknown: this address says so, and what has changed since."),
            address,
            summary.code_in_groups,
            drawing_of(address),
        ),
    )


def address_of(summary: PromotionSummary, slug: str) -> str:
    """Where a paper is checked."""
    return full_address(reverse("summaries:check", args=[slug, summary.code]))


def _groups(items: list[dict[str, str]]) -> list[tuple[str, list[list[str | Words]]]]:
    rows: defaultdict[str, list[list[str | Words]]] = defaultdict(list)
    for item in items:
        what = f"{item['title']} ({item['detail']})" if item["detail"] else item["title"]
        by = _("%(name)s, %(day)s") % {"name": item["attested_by"], "day": _day(item["attested_on"])}
        rows[item["kind"]].append([what, _day(item["on"]), by])
    return [(str(kind.label), rows[kind]) for kind in ItemKind if rows[kind]]


def _notes(count: int, made: str) -> list[str]:
    notes = [
        _(
            "Each line was attested by somebody else, on the day that stands there; no score, no answer to a "
            "survey and nothing that waits for a decision is on this page."
        ),
        _("As of %(day)s.") % {"day": made},
    ]
    if count > MOST_ITEMS:
        more = count - MOST_ITEMS
        words = ngettext("%(more)d earlier item is left out.", "%(more)d earlier items are left out.", more)
        notes.append(words % {"more": more})
    return notes


def _day(written: str) -> str:
    return date_format(dt.date.fromisoformat(written), "SHORT_DATE_FORMAT")


def drawing_of(address: str) -> str:
    """The QR code as SVG: black on white, with the quiet border of four that ISO/IEC 18004 asks for."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(address)
    rows = code.get_matrix()
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    )
    side = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{squares}"/></svg>'
    )
