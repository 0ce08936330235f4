"""The whole Passport of somebody, in their archive: with the evidence, which the API keeps back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from passport.badge_queries import awards_in_force
from passport.badge_services import record_of
from passport.models import (
    Capstone,
    OutsideResult,
    PassportHolder,
    PassportRead,
    PodAttempt,
    PodMark,
    PromotionSummary,
    Publication,
    Stamp,
    TransferOutcome,
)
from passport.quarantine import clean_content
from passport.summaries.files import as_data
from people.archive import adds_part, as_json, json_rows
from people.member import Member
from tenancy.models import Organization

CLAIM = (
    *("id", "milestone__stage__name", "milestone__title", "milestone__dimension", "milestone__points"),
    *("state", "earned_on", "statement", "link", "file_name", "prior_learning", "submitted_on", "rule"),
    *("verified_by__given_name", "verified_by__family_name", "decided_at", "decision_note", "revoked_at"),
    "revoke_reason",
)
ATTEMPT = (
    *(
        "id",
        "pod__title",
        "state",
        "begun_at",
        "finished_at",
        "moves",
        "confidence_before",
        "confidence_after",
    ),
    *("marked_by__given_name", "marked_by__family_name", "marked_at"),
)
PROJECT = (
    *("pod__title", "unit__name", "title", "aim", "state", "planned_on", "result", "link", "submitted_on"),
    *("decided_by__given_name", "decided_by__family_name", "decided_at", "decision_note"),
)
LATER = ("pod__title", "committee", "role", "began_on", "recorded_at", "confirmed_at")
WORK = ("kind", "title", "authors", "venue", "year", "doi")
ELSEWHERE = ("statement_id", "activity", "received_at", "state", "content")
LOOK = ("reader__given_name", "reader__family_name", "what", "at")


@adds_part
def passport(member: Member) -> Iterable[tuple[str, bytes]]:
    own = {"person": member.person_id}
    marks = PodMark.objects.filter(attempt__person=member.person_id).order_by("attempt", "criterion")
    tables = {
        "holder": PassportHolder.objects.filter(**own).values("serial", "issued_on"),
        "stamps": Stamp.objects.filter(**own).order_by("earned_on", "pk").values(*CLAIM),
        "pods": PodAttempt.objects.filter(**own).order_by("begun_at", "pk").values(*ATTEMPT),
        "marks": marks.values("attempt", "criterion", "level", "words"),
        "capstones": Capstone.objects.filter(**own).order_by("planned_on", "pk").values(*PROJECT),
        "committees": TransferOutcome.objects.filter(**own).order_by("began_on", "pk").values(*LATER),
        "portfolio": Publication.objects.filter(**own).order_by("-year", "pk").values(*WORK),
        "outside-results": OutsideResult.objects.filter(**own)
        .order_by("received_at", "pk")
        .values(*ELSEWHERE),
        "who-looked": PassportRead.objects.filter(**own).order_by("at", "pk").values(*LOOK),
    }
    for name, rows in tables.items():
        yield f"passport/{name}.json", json_rows(rows)
    summaries = PromotionSummary.objects.filter(**own).order_by("made_at")
    yield "passport/summaries.json", as_json([as_data(each) for each in summaries])


@adds_part
def evidence(member: Member) -> Iterable[tuple[str, bytes]]:
    """Files that were found clean, each under the id of its stamp."""
    for stamp in Stamp.objects.filter(person=member.person_id).exclude(file="").order_by("pk"):
        content = clean_content(stamp.file)
        if content is not None:
            yield f"passport/evidence/{stamp.pk}{PurePath(stamp.file_name).suffix.lower()}", content


@adds_part
def badges(member: Member) -> Iterable[tuple[str, bytes]]:
    """Each badge as it was signed, and all of them in one record."""
    for award in awards_in_force(member.person_id):
        yield f"passport/badges/{award.pk}.jwt", award.token.encode()
    record = record_of(Organization.objects.get(pk=member.organization_id), member.person_id)
    if record is not None:
        yield "passport/badges/record.jwt", record.encode()
