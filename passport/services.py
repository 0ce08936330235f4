"""What can be done with a Passport, one function for each act."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from passport import notices
from passport.enums import FileState, StampState
from passport.models import Milestone, Stage, Stamp
from passport.permissions import (
    EVIDENCE_COMES_FROM,
    STAGES_ARE_KEPT_BY,
    STAMPS_ARE_DECIDED_BY,
    Subject,
    can_decide_stamp,
    can_edit_stages,
    can_submit_evidence,
)
from passport.presets import MILESTONES, STAGES, TONES
from passport.quarantine import held_file, hold, let_go, require_clean
from passport.queries import verifiers_of
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify
from surveys.enums import Dimension
from tenancy.turns import one_at_a_time


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a person shows for a milestone."""

    earned_on: dt.date
    statement: str = ""
    link: str = ""
    file: File[bytes] | None = None
    prior_learning: bool = False


def install_presets() -> None:
    """Give the organisation in scope the stages and milestones to start with. What is there already stays."""
    Stage.objects.bulk_create(
        [
            Stage(key=preset.key, name=preset.name, focus=preset.focus, position=position)
            for position, preset in enumerate(STAGES, 1)
        ],
        ignore_conflicts=True,
    )
    stages = {stage.key: stage for stage in Stage.objects.all()}
    if Milestone.objects.exists():
        return
    Milestone.objects.bulk_create(
        Milestone(
            stage=stages[preset.stage],
            title=preset.title,
            description=preset.description,
            dimension=preset.dimension,
            points=preset.points,
            required=preset.required,
            professions=list(preset.professions),
            evidence_rule=preset.evidence_rule,
            position=position,
            icon=preset.icon,
            tone=TONES[preset.dimension],
        )
        for position, preset in enumerate(MILESTONES, 1)
    )


def open_passport(*, by: Member) -> None:
    """Issue the member's own Passport. Doing it again changes nothing."""
    issue_passports([by.person_id], on=timezone.localdate())


def issue_passports(person_ids: list[UUID] | None = None, *, on: dt.date) -> int:
    """Issue Passports with the next numbers to people who have none: those named, or all who are in a cohort.

    One statement; the lock keeps two issuers from drawing the same number. Returns how many were issued.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        one_at_a_time("passport serial")
        cursor.execute(_ISSUE, {"people": person_ids, "on": on})
        return int(cursor.rowcount)


_ISSUE = """
INSERT INTO passport_passportholder (id, organization_id, person_id, serial, issued_on)
SELECT gen_random_uuid(), tenancy_organization(), p.id,
       (SELECT coalesce(max(serial), 0) FROM passport_passportholder
        WHERE organization_id = (SELECT tenancy_organization()))
           + row_number() OVER (ORDER BY p.search_key, p.id),
       %(on)s
FROM people_person p
WHERE p.organization_id = (SELECT tenancy_organization())
  AND CASE WHEN %(people)s::uuid[] IS NOT NULL THEN p.id = ANY (%(people)s::uuid[])
      ELSE (p.end_date IS NULL OR p.end_date >= %(on)s) AND EXISTS (
          SELECT FROM people_cohortmembership m
          WHERE m.organization_id = p.organization_id AND m.person_id = p.id AND m.start_date <= %(on)s
            AND (m.end_date IS NULL OR m.end_date > %(on)s)) END
  AND NOT EXISTS (SELECT FROM passport_passportholder h
                  WHERE h.organization_id = p.organization_id AND h.person_id = p.id)
"""


def submit_evidence(subject: Subject, milestone: Milestone, evidence: Evidence, *, by: Member) -> Stamp:
    """Claim a milestone with evidence. One claim or stamp for a milestone at a time."""
    demand(can_submit_evidence(by, subject), EVIDENCE_COMES_FROM)
    today = timezone.localdate()
    if evidence.earned_on > today:
        raise ValidationError({"earned_on": _("A milestone is claimed once it is reached, not before.")})
    if milestone.retired_on is not None and milestone.retired_on <= today:
        raise ValidationError(_("This milestone is no longer in use."))
    if not milestone.is_for(Person.objects.values_list("profession", flat=True).get(pk=by.person_id)):
        names = milestone.profession_names
        raise ValidationError(_("This milestone is for others: %(professions)s.") % {"professions": names})
    stamp = Stamp(
        person_id=by.person_id,
        milestone=milestone,
        earned_on=evidence.earned_on,
        statement=evidence.statement,
        link=evidence.link,
        prior_learning=evidence.prior_learning,
        submitted_on=today,
    )
    if evidence.file is not None:
        stamp.file = evidence.file
        stamp.file_name = (evidence.file.name or "")[-120:]
    try:
        with transaction.atomic():
            stamp.save(force_insert=True)
            if stamp.file:
                hold(stamp.file)
    except IntegrityError as error:
        if "passport_stamp_one_alive" in str(error):
            raise ValidationError(_("This milestone is stamped or waits for a verifier already.")) from error
        raise
    notify(verifiers_of(subject, on=today), notices.submitted(stamp, by=by.name))
    return stamp


def withdraw_evidence(stamp: Stamp, *, by: Member) -> None:
    """Take back a claim that nobody has decided yet, with its file."""
    demand(stamp.person_id == by.person_id, EVIDENCE_COMES_FROM)
    locked = _lock(stamp)
    _require(locked, StampState.SUBMITTED)
    locked.delete()
    let_go(locked.file)


@transaction.atomic
def replace_file(stamp: Stamp, file: File[bytes] | None, *, by: Member) -> Stamp:
    """Hand in another file for one that was refused, or go without: all that was written stays."""
    demand(stamp.person_id == by.person_id, EVIDENCE_COMES_FROM)
    locked = _lock(stamp)
    _require(locked, StampState.SUBMITTED)
    held = held_file(locked.file)
    if held is None or held.state != FileState.REFUSED:
        raise ValidationError(_("Only a file that was refused is replaced. Withdraw the claim to change it."))
    if file is None and not (locked.statement or locked.link):
        raise ValidationError({"file": _("This file was all you showed. Choose another one.")})
    refused = locked.file
    locked.file, locked.file_name = file or "", (file.name or "")[-120:] if file else ""
    locked.save(update_fields=["file", "file_name"])
    let_go(refused)
    if locked.file:
        hold(locked.file)
    return locked


def verify_stamp(stamp: Stamp, *, note: str = "", subject: Subject, by: Member) -> Stamp:
    """Confirm that the evidence meets the milestone's rule. From then on the stamp does not change."""
    return _decide(stamp, StampState.VERIFIED, note, subject, by)


def decline_stamp(stamp: Stamp, *, reason: str, subject: Subject, by: Member) -> Stamp:
    """Say why the evidence does not meet the rule; the person may claim again with better evidence."""
    if not reason.strip():
        raise ValidationError({"note": _("Say what is missing, so that it can be added.")})
    return _decide(stamp, StampState.DECLINED, reason, subject, by)


def revoke_stamp(stamp: Stamp, *, reason: str, subject: Subject, by: Member) -> Stamp:
    """Take back a verified stamp, with the reason on record. Scores already made keep it, new ones do not."""
    demand(can_decide_stamp(by, subject), STAMPS_ARE_DECIDED_BY)
    if not reason.strip():
        raise ValidationError({"reason": _("A stamp is revoked with a reason.")})
    locked = _lock(stamp)
    _require(locked, StampState.VERIFIED)
    locked.state = StampState.REVOKED
    locked.revoked_by_id, locked.revoked_at, locked.revoke_reason = by.person_id, timezone.now(), reason
    locked.save(update_fields=["state", "revoked_by", "revoked_at", "revoke_reason"])
    notify([locked.person_id], notices.decided(locked, by=by.name))
    return locked


@transaction.atomic
def rename_stage(stage: Stage, *, name: str, focus: str, by: Member) -> None:
    """Call a stage what the organisation calls it."""
    demand(can_edit_stages(by), STAGES_ARE_KEPT_BY)
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    locked.name, locked.focus = name, focus
    locked.save(update_fields=["name", "focus"])


@transaction.atomic
def save_milestone(milestone: Milestone, *, by: Member, **values: Any) -> Milestone:
    """Add or change a milestone. Stamps given keep the rule under which they were verified."""
    demand(can_edit_stages(by), STAGES_ARE_KEPT_BY)
    adding = milestone._state.adding
    if not adding:
        # As it is now: what another editor did meanwhile, retiring it say, is not undone.
        milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    for field, value in values.items():
        setattr(milestone, field, value)
    if adding:
        last = Milestone.objects.order_by("-position").values_list("position", flat=True).first()
        milestone.position = (last or 0) + 1
        milestone.tone = TONES[Dimension(milestone.dimension)]
    try:
        with transaction.atomic():
            milestone.save()
    except IntegrityError as error:
        if "passport_milestone_title" in str(error):
            raise ValidationError({"title": _("There is a milestone of this name in this stage.")}) from error
        raise
    return milestone


@transaction.atomic
def retire_milestone(milestone: Milestone, *, on: dt.date, by: Member) -> None:
    """Take a milestone off the map, once. Stamps earned for it stay in every Passport."""
    demand(can_edit_stages(by), STAGES_ARE_KEPT_BY)
    locked = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if locked.retired_on is None:
        locked.retired_on = on
        locked.save(update_fields=["retired_on"])


def _decide(stamp: Stamp, state: StampState, note: str, subject: Subject, by: Member) -> Stamp:
    demand(can_decide_stamp(by, subject), STAMPS_ARE_DECIDED_BY)
    locked = _lock(stamp)
    _require(locked, StampState.SUBMITTED)
    if state == StampState.VERIFIED:
        require_clean(locked.file)
    locked.state, locked.rule = state, locked.milestone.evidence_rule
    locked.verified_by_id, locked.decided_at, locked.decision_note = by.person_id, timezone.now(), note
    locked.save(update_fields=["state", "rule", "verified_by", "decided_at", "decision_note"])
    notify([locked.person_id], notices.decided(locked, by=by.name))
    return locked


def _lock(stamp: Stamp) -> Stamp:
    return Stamp.objects.select_for_update(of=("self",)).select_related("milestone").get(pk=stamp.pk)


def _require(stamp: Stamp, state: StampState) -> None:
    """Two verifiers at once: the second one learns what the first one did."""
    if stamp.state != state:
        raise ValidationError(
            _("Meanwhile this was decided: %(state)s.") % {"state": stamp.get_state_display().lower()}
        )
