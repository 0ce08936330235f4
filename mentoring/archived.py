"""Somebody's own mentorships, in their archive."""

from __future__ import annotations

from collections.abc import Iterable

from mentoring.models import Contract, Deliverable, Exposure, Session, SessionNote
from mentoring.queries.mentorships import mentorships_shown_to
from mentoring.queries.satisfaction import own_ratings
from mentoring.session_notes import opened
from people.archive import adds_part, as_json, json_rows
from people.member import Member

PAIR = (
    *("id", "tier", "state", "mentor__given_name", "mentor__family_name"),
    *("mentee__given_name", "mentee__family_name", "offered_on", "accepted_on", "started_on"),
    *("planned_end", "over_on"),
)
TERMS = (
    "mentorship",
    "version",
    "purpose",
    "rhythm",
    "confidentiality",
    "mentor_signed_at",
    "mentee_signed_at",
)
LINES = ("contract__mentorship", "title", "due_on", "state", "report", "reported_on", "attested_on")
MEETINGS = ("mentorship", "starts_at", "minutes", "format", "agenda", "cancelled_at")
SEEN = ("mentorship", "day", "kind", "text", "logged_at")
RATED = ("mentorship", "quarter", "side", "overall", "useful", "often")


@adds_part
def mentorships(member: Member) -> Iterable[tuple[str, bytes]]:
    shown = mentorships_shown_to(member.person_id)
    ids = list(shown.values_list("pk", flat=True))
    signed = Contract.objects.filter(
        mentorship__in=ids, mentor_signed_at__isnull=False, mentee_signed_at__isnull=False
    )
    lines = Deliverable.objects.filter(contract__in=signed)
    sessions = Session.objects.filter(mentorship__in=ids)
    seen = Exposure.objects.filter(mentorship__in=ids)
    tables = {
        "mentorships": shown.order_by("offered_on", "pk").values(*PAIR),
        "contracts": signed.order_by("mentor_signed_at", "pk").values(*TERMS),
        "deliverables": lines.order_by("due_on", "pk").values(*LINES),
        "sessions": sessions.order_by("starts_at", "pk").values(*MEETINGS),
        "exposures": seen.order_by("day", "pk").values(*SEEN),
        "ratings": own_ratings(member.person_id).order_by("quarter", "pk").values(*RATED),
    }
    for name, rows in tables.items():
        yield f"mentoring/{name}.json", json_rows(rows)
    notes = SessionNote.objects.filter(author=member.person_id).order_by("written_at", "pk")
    own = [
        {
            "session": note.session_id,
            "readers": note.readers,
            "written": note.written_at,
            "text": opened(note.text),
        }
        for note in notes
    ]
    yield "mentoring/notes.json", as_json(own)
