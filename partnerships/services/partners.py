"""Who belongs to a partnership, and with what share of working time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import ChangeCause, Part
from partnerships.models import Partner, PartnerChange, Partnership
from partnerships.models.partnerships import WHOLE
from partnerships.notices import partnerships as notices
from partnerships.permissions import PARTNERS_ARE_CHANGED_BY, can_change_partners
from partnerships.queries.partnerships import load_of, not_over, position_for
from partnerships.services.locking import locked, require_running
from people.access import demand
from people.enums import Profession
from people.member import Member
from people.models import Person
from people.notices import notify

# An administrator may come from any profession but the physicians', for whom the other part is.
PROFESSION_OF = {Part.PHYSICIAN: Profession.PHYSICIAN, Part.NURSE: Profession.NURSE}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody for a part, with the percent of working time that it takes."""

    part: Part
    person: Person
    share: int


@transaction.atomic
def add_partner(partnership: Partnership, newcomer: Newcomer, *, by: Member) -> Partner:
    """Fill an empty part: a half that went, or the nurse leader of a triad. All are told."""
    kept = locked(partnership)
    demand(can_change_partners(by, kept.partner_ids), PARTNERS_ARE_CHANGED_BY)
    require_running(kept)
    made = seat_partner(kept, newcomer, since=max(kept.start_date, timezone.localdate()))
    _settle(PartnerChange.objects.filter(partner__partnership=kept, partner__part=newcomer.part), by=by)
    notify({*kept.partner_ids, newcomer.person.pk} - {by.person_id}, notices.joined(made))
    return made


@transaction.atomic
def release_partner(partner: Partner, *, by: Member) -> Partner | None:
    """From today without them; all are told. Whoever has not begun before today is taken back as if they had
    never been: None."""
    today = timezone.localdate()
    kept, left = _locked_partner(partner, by)
    notify(kept.partner_ids - {by.person_id}, notices.released(left))
    if left.start_date >= today:
        left.delete()
        return None
    left.end_date = today
    left.save(update_fields=["end_date"])
    _settle(PartnerChange.objects.filter(partner=left), by=by)
    return left


@transaction.atomic
def set_share(partner: Partner, share: int, *, by: Member) -> Partner:
    """The share of working time that the partnership takes."""
    _kept, changed = _locked_partner(partner, by)
    _require_room(changed.person, share, instead_of=changed.share)
    changed.share = share
    changed.save(update_fields=["share"])
    return changed


@transaction.atomic
def keep_partner(change: PartnerChange, *, by: Member) -> PartnerChange:
    """It goes on as it is although something changed: where they work and what they hold by now is what the
    nightly job compares with from today."""
    if change.cause == ChangeCause.LEFT:
        raise ValidationError(_("Who has left cannot stay a partner: bring in somebody else."))
    kept, stays = _locked_partner(change.partner, by)
    stays.unit_id = stays.person.unit_id
    stays.position = position_for(stays.person, kept.unit, on=timezone.localdate())
    stays.save(update_fields=["unit", "position"])
    _settle(PartnerChange.objects.filter(partner=stays), by=by)
    change.refresh_from_db()
    return change


def seat_partner(partnership: Partnership, newcomer: Newcomer, *, since: dt.date) -> Partner:
    """Give a free part to somebody of its profession with working time left for it."""
    person, part = newcomer.person, newcomer.part
    if part in PROFESSION_OF and person.profession != PROFESSION_OF[part]:
        raise ValidationError(
            _("%(name)s is no %(profession)s: choose another part or another person.")
            % {"name": person.name, "profession": PROFESSION_OF[part].label.lower()}
        )
    if part == Part.ADMINISTRATOR and person.profession == Profession.PHYSICIAN:
        raise ValidationError(
            _("%(name)s is a physician; the administrator comes from another profession.")
            % {"name": person.name}
        )
    _require_room(person, newcomer.share)
    _require_free(partnership, newcomer)
    return Partner.objects.create(
        partnership=partnership,
        person=person,
        part=part,
        share=newcomer.share,
        start_date=since,
        unit_id=person.unit_id,
        position=position_for(person, partnership.unit, on=timezone.localdate()),
    )


def _require_free(partnership: Partnership, newcomer: Newcomer) -> None:
    """One person a part, one part a person."""
    now = Partner.objects.filter(not_over(timezone.localdate()), partnership=partnership)
    if taken := now.filter(part=newcomer.part).select_related("person").first():
        raise ValidationError(
            _("%(name)s has this part. Release them before you bring in somebody else.")
            % {"name": taken.person.name}
        )
    if now.filter(person=newcomer.person).exists():
        raise ValidationError(_("%(name)s is a partner already.") % {"name": newcomer.person.name})


def _require_room(person: Person, share: int, *, instead_of: int = 0) -> None:
    """Nobody gives more than all of their working time (R91). Two partnerships at once come one after the
    other, and the second one finds what is left."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    load = load_of([person.pk], on=timezone.localdate()).get(person.pk)
    left = WHOLE - (load.share if load else 0) + instead_of
    if share > left:
        raise ValidationError(
            _("%(name)s has %(left)d %% of working time left beside other partnerships.")
            % {"name": person.name, "left": left}
        )


def _locked_partner(partner: Partner, by: Member) -> tuple[Partnership, Partner]:
    """A partnership that goes on, and one of its partners of today as the row is now."""
    kept = locked(partner.partnership)
    demand(can_change_partners(by, kept.partner_ids), PARTNERS_ARE_CHANGED_BY)
    require_running(kept)
    found = next((each for each in kept.current if each.pk == partner.pk), None)
    if found is None:
        raise ValidationError(_("They are no partner any more."))
    return kept, found


def _settle(changes: QuerySet[PartnerChange], *, by: Member) -> None:
    """Somebody has said how it goes on."""
    changes.filter(settled_on=None).update(settled_on=timezone.localdate(), settled_by=by.person_id)
