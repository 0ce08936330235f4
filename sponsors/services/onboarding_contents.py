"""What is shown at the gates: the preset, and the organisation's own versions of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from sponsors.enums import GateItemKind
from sponsors.models import GateItem, OnboardingContents
from sponsors.onboarding_preset import ITEMS, ItemPreset
from sponsors.permissions import CONTENTS_ARE_KEPT_BY, can_keep_contents
from sponsors.plan.onboarding import GATES
from sponsors.queries.onboarding import contents_in_force
from tenancy.turns import one_at_a_time

MOST: int = 12  # items at a gate: what is more, nobody looks at


@transaction.atomic
def install_contents() -> None:
    """Give the organisation in scope the preset. What is there already stays."""
    one_at_a_time("sponsors onboarding contents")
    if contents_in_force() is None:
        _write(1, ITEMS, by=None)


@transaction.atomic
def change_contents(items: Sequence[ItemPreset], *, after: int, by: Member) -> OnboardingContents:
    """Put a new version in force; `after` is the one its author saw. Who began before keeps theirs."""
    demand(can_keep_contents(by), CONTENTS_ARE_KEPT_BY)
    one_at_a_time("sponsors onboarding contents")
    newest = contents_in_force()
    number = newest.version if newest else 0
    if number != after:
        name = newest.set_by.name if newest and newest.set_by else "ClinicLeader"
        raise ValidationError(
            _("Meanwhile %(name)s put version %(version)d in force. Look at it, then change it.")
            % {"name": name, "version": number}
        )
    _check(items)
    if newest is not None and set(items) == set(_presets_of(newest)):
        raise ValidationError(_("This is in force already: nothing is changed."))
    return _write(number + 1, items, by=by)


def _check(items: Sequence[ItemPreset]) -> None:
    sizes = Counter(each.gate for each in items)
    for number in range(1, GATES + 1):
        if not sizes[number]:
            raise ValidationError(_("Nothing is shown at gate %(number)d.") % {"number": number})
        if sizes[number] > MOST:
            words = _("At gate %(number)d at most %(most)d things are shown.")
            raise ValidationError(words % {"number": number, "most": MOST})
    titles = Counter((each.gate, each.title.casefold()) for each in items)
    for (number, title), count in titles.items():
        if count > 1:
            words = _("“%(title)s” stands twice at gate %(number)d.")
            raise ValidationError(words % {"title": title, "number": number})


def _presets_of(contents: OnboardingContents) -> list[ItemPreset]:
    found = GateItem.objects.filter(contents=contents)
    return [ItemPreset(each.gate, GateItemKind(each.kind), each.title, each.rule) for each in found]


def _write(version: int, items: Sequence[ItemPreset], *, by: Member | None) -> OnboardingContents:
    made = OnboardingContents.objects.create(version=version, set_by_id=by.person_id if by else None)
    GateItem.objects.bulk_create(
        GateItem(
            contents=made,
            gate=each.gate,
            kind=each.kind,
            title=each.title,
            rule=each.rule,
            position=position,
        )
        for position, each in enumerate(items, 1)
    )
    return made
