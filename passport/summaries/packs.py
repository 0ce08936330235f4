"""Packs for committees: asking for one, drawing it, and dropping its file when its time is over."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from passport.models import CommitteePack, PackEntry, PackPiece, PromotionSummary
from passport.permissions import PACKS_ARE_MADE_BY, can_make_packs
from passport.queries import overseen_by
from passport.summaries.issuing import issue_summaries
from passport.summaries.paper import address_of, sheet_of
from people.access import demand
from people.member import Member
from people.models import Person
from people.queries import employed, member_for
from tenancy.jobs import request_run, tell_stage
from tenancy.models import Organization
from tenancy.pieces import keep_lines
from tenancy.scope import current_organization_id
from web.pdf import pdf_pack

PACK: Final = "passport.committee_pack"
MOST: Final = 500  # people; a committee reads fewer
KEPT: Final = dt.timedelta(days=30)


def packs_of(member: Member) -> QuerySet[CommitteePack]:
    """A pack is its maker's, the newest first."""
    return CommitteePack.objects.filter(made_by=member.person_id).order_by("-made_at", "pk")


def people_for_packs(member: Member, *, on: dt.date) -> QuerySet[Person]:
    """Whom the member may put into one: those whose Passports they look after, who still work here."""
    return Person.objects.filter(overseen_by(member, on=on, person="pk"), employed(on))


@transaction.atomic
def request_pack(title: str, person_ids: Sequence[UUID], *, by: Member) -> CommitteePack:
    """Have a pack drawn, with the people in this order."""
    demand(can_make_packs(by), PACKS_ARE_MADE_BY)
    pack = CommitteePack.objects.create(title=title, made_by_id=by.person_id, made_at=timezone.now())
    PackEntry.objects.bulk_create(
        PackEntry(pack=pack, person_id=person_id, place=place) for place, person_id in enumerate(person_ids)
    )
    pack.run = request_run(PACK, str(pack.pk), by=by.person_id)
    pack.save(update_fields=["run"])
    return pack


def draw_pack(pack_id: UUID) -> int:
    """Issue the summaries and draw them into one file; returns how many there are. Whom the maker may no
    longer see is left out."""
    pack = CommitteePack.objects.select_for_update().get(pk=pack_id)
    today = timezone.localdate()
    maker = member_for(pack.made_by_id, on=today)
    if maker is None or not can_make_packs(maker):
        return 0
    entries = PackEntry.objects.filter(pack=pack).order_by("place")
    seen = people_for_packs(maker, on=today)
    chosen = list(entries.filter(person__in=seen.filter(pk__in=entries.values("person"))))
    tell_stage("gathering what is attested")
    summaries = {
        each.person_id: each for each in issue_summaries([each.person_id for each in chosen], by=maker)
    }
    filled = [each for each in chosen if each.person_id in summaries]
    for entry in filled:
        entry.summary = summaries[entry.person_id]
    PackEntry.objects.bulk_update(filled, ["summary"])
    tell_stage(f"drawing {len(filled)} pages")
    _keep(pack, [summaries[each.person_id] for each in filled])
    return len(filled)


def _keep(pack: CommitteePack, summaries: Sequence[PromotionSummary]) -> None:
    organization = Organization.objects.get(pk=current_organization_id())
    sheets = [
        sheet_of(each, organization=organization.name, address=address_of(each, organization.slug))
        for each in summaries
    ]
    if sheets:
        keep_lines(pack.pieces, io.BytesIO(pdf_pack(pack.title, sheets)))
    pack.drawn_at, pack.summary_count = timezone.now(), len(sheets)
    pack.save(update_fields=["drawn_at", "summary_count"])


@transaction.atomic
def drop_old_packs(*, now: dt.datetime) -> int:
    """Drop the files of packs whose time is over; returns how many."""
    old = CommitteePack.objects.filter(drawn_at__lt=now - KEPT, dropped_at=None)
    ids = list(old.select_for_update().values_list("pk", flat=True))
    PackPiece.objects.filter(source__in=ids).delete()
    return CommitteePack.objects.filter(pk__in=ids).update(dropped_at=now)
