"""Somebody's own clinic, in their archive: the regimen as they read it, and coaching."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from people.archive import adds_part, as_json, json_rows
from people.member import Member
from sponsors.models import CoachingNote, CoachingSession, Sponsorship
from sponsors.queries.coaching import NOTES
from sponsors.queries.regimens import actions_of, goals_of, versions_of
from web.ciphers import opened

SPONSOR = ("state", "sponsor__given_name", "sponsor__family_name", "asked_on", "started_on", "over_on")
STEP = (
    *("goal__title", "title", "kind", "need", "domain", "owner__given_name", "owner__family_name", "hours"),
    *("start_on", "due_on", "evidence", "private", "state", "over_on", "outcome", "link", "milestone__title"),
    *("attested_by__given_name", "attested_by__family_name", "attested_at"),
)
TALK = (
    *("id", "leader__given_name", "leader__family_name", "coach__given_name", "coach__family_name", "state"),
    *("starts_at", "minutes", "format", "agenda"),
)


@adds_part
def clinic(member: Member) -> Iterable[tuple[str, bytes]]:
    person_id = member.person_id
    talks = CoachingSession.objects.filter(Q(leader=person_id) | Q(coach=person_id))
    tables = {
        "sponsorships": Sponsorship.objects.filter(leader=person_id)
        .order_by("asked_on", "pk")
        .values(*SPONSOR),
        "goals": goals_of(person_id).values("title", "outcome", "made_at"),
        "actions": actions_of(person_id).values(*STEP),
        "versions": versions_of(person_id)
        .prefetch_related(None)
        .values("number", "published_at", "reason", "content"),
        "coaching": talks.order_by("starts_at", "pk").values(*TALK),
    }
    for name, rows in tables.items():
        yield f"clinic/{name}.json", json_rows(rows)
    notes = CoachingNote.objects.filter(author=person_id).order_by("session")
    own = [{"session": each.session_id, "text": opened(each.text, purpose=NOTES)} for each in notes]
    yield "clinic/coaching-notes.json", as_json(own)
