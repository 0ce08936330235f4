"""Issuing a summary, taking its code back, and what is behind a code."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from passport.enums import ReadOf
from passport.models import PassportHolder, PromotionSummary, Stage
from passport.reads import record_reads
from passport.summaries.items import FORMAT, Comparison, Item, compared, digest_of_all, items_in
from passport.summaries.sources import attested_items
from people.enums import CareerStage
from people.member import Member

# Without the letters that are read as digits, and without U: 32 signs, 100 bits in a code of 20.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS: Final = str.maketrans("OIL", "011")
LENGTH: Final = 20


def summaries_of(person_id: UUID) -> QuerySet[PromotionSummary]:
    """All that were issued of somebody, the newest first."""
    rows = PromotionSummary.objects.filter(person=person_id).select_related("made_by")
    return rows.order_by("-made_at", "pk")


def issue_summary(person_id: UUID, *, by: Member) -> PromotionSummary:
    """One summary; the caller has made sure that this member may see the Passport."""
    issued = issue_summaries([person_id], by=by)
    if not issued:
        raise ValidationError(_("Nothing is attested yet: there is nothing that a summary could say."))
    return issued[0]


@transaction.atomic
def issue_summaries(person_ids: Sequence[UUID], *, by: Member) -> list[PromotionSummary]:
    """A summary of each who has a Passport and something attested, in the order of the ids. The holders see
    by whom. What says the same as one of today by the same member is that one again."""
    now = timezone.now()
    items = attested_items(person_ids)
    holders = {
        holder.person_id: holder
        for holder in PassportHolder.objects.filter(person__in=person_ids).select_related("person__unit")
    }
    chosen = [each for each in person_ids if each in holders and items[each]]
    stages = dict(Stage.objects.values_list("key", "name"))
    kept = _made_today(chosen, by, timezone.localdate(now))
    issued, new = [], []
    for person_id in chosen:
        content = content_of(holders[person_id], items[person_id], stages)
        digest = digest_of_all(items_in(content))
        summary = kept.get((person_id, digest))
        if summary is None or summary.content != content:
            summary = PromotionSummary(
                person=holders[person_id].person,
                made_by_id=by.person_id,
                made_at=now,
                code=new_code(),
                content=content,
                digest=digest,
            )
            new.append(summary)
        issued.append(summary)
    PromotionSummary.objects.bulk_create(new)
    record_reads(chosen, ReadOf.SUMMARY, by=by)
    return issued


def content_of(holder: PassportHolder, items: Sequence[Item], stages: dict[str, str]) -> dict[str, Any]:
    """What is printed, and nothing beside it."""
    person = holder.person
    stage = stages.get(person.career_stage, "")
    if not stage and person.career_stage != CareerStage.NONE:
        stage = str(CareerStage(person.career_stage).label)
    return {
        "format": FORMAT,
        "name": person.name,
        "role": person.job_title or person.specialty or str(person.get_profession_display()),
        "unit": person.unit.name,
        "passport": holder.number,
        "holder_since": str(holder.issued_on),
        "stage": stage,
        "items": [item.as_plain() for item in items],
    }


@transaction.atomic
def revoke_summary(summary_id: UUID, *, by: Member) -> bool:
    """From now on its code says that it was revoked. The holder's alone; False where there is none."""
    own = PromotionSummary.objects.filter(pk=summary_id, person=by.person_id)
    own.filter(revoked_at=None).update(revoked_at=timezone.now())
    return own.exists()


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def typed_code(written: str) -> str:
    """A code as somebody copies it from paper: small letters, dashes and spaces are no matter."""
    return re.sub(r"[\s-]+", "", written).upper().translate(READ_AS)


def summary_behind(written: str) -> PromotionSummary | None:
    """Revoked ones too: whoever holds the paper is told."""
    code = typed_code(written)
    return PromotionSummary.objects.filter(code=code).first() if len(code) == LENGTH else None


def comparison_today(summary: PromotionSummary) -> Comparison:
    """The paper beside what is attested now."""
    today = [item.as_plain() for item in attested_items([summary.person_id])[summary.person_id]]
    return compared(items_in(summary.content), today)


def _made_today(
    person_ids: Sequence[UUID], by: Member, today: dt.date
) -> dict[tuple[UUID, str], PromotionSummary]:
    rows = PromotionSummary.objects.filter(
        person__in=person_ids, made_by=by.person_id, made_at__date=today, revoked_at=None
    )
    return {(each.person_id, each.digest): each for each in rows.order_by("made_at")}
