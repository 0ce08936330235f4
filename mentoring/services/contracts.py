"""The contract of a mentorship: its template, drafting, changing, signing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.contract_preset import CONFIDENTIALITY, DELIVERABLES, PURPOSE, RHYTHM
from mentoring.enums import DeliverableState, MentorshipState
from mentoring.models import Contract, ContractTemplate, Deliverable, Mentorship, TemplateDeliverable
from mentoring.models.contracts import MOST_DELIVERABLES
from mentoring.notices import contracts as notices
from mentoring.permissions import (
    CONTRACT_IS_MADE_BY,
    CONTRACT_TEMPLATE_IS_KEPT_BY,
    can_keep_contract_template,
    can_make_contract,
)
from mentoring.queries.contracts import contract_in_force, contract_template, draft_of
from mentoring.services.locking import lock_mentorship
from people.access import demand
from people.member import Member
from people.notices import notify


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a contract or template."""

    purpose: str
    rhythm: str
    confidentiality: str


def terms_of(words: Contract | ContractTemplate) -> Terms:
    return Terms(words.purpose, words.rhythm, words.confidentiality)


@dataclass(frozen=True, slots=True)
class Line:
    """A deliverable as it is typed; `key` is the row it changes, None for a new one."""

    title: str
    due_on: dt.date
    milestone: UUID | None = None
    key: UUID | None = None


def install_contract_template() -> None:
    """Give the organisation in scope the words and deliverables to start with. What is there stays."""
    if ContractTemplate.objects.exists():
        return
    ContractTemplate.objects.bulk_create(
        [ContractTemplate(purpose=PURPOSE, rhythm=RHYTHM, confidentiality=CONFIDENTIALITY)],
        ignore_conflicts=True,
    )
    TemplateDeliverable.objects.bulk_create(
        [
            TemplateDeliverable(title=title, due_days=days, position=position)
            for position, (title, days) in enumerate(DELIVERABLES, 1)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def save_contract_template(terms: Terms, deliverables: Sequence[tuple[str, int]], *, by: Member) -> None:
    """Change what new contracts begin with. Contracts that are drafted or signed stay as they are."""
    demand(can_keep_contract_template(by), CONTRACT_TEMPLATE_IS_KEPT_BY)
    ContractTemplate.objects.update_or_create(defaults=asdict(terms))
    TemplateDeliverable.objects.all().delete()
    TemplateDeliverable.objects.bulk_create(
        [
            TemplateDeliverable(title=title, due_days=days, position=position)
            for position, (title, days) in enumerate(deliverables, 1)
        ]
    )


@transaction.atomic
def draft_contract(mentorship: Mentorship, *, by: Member) -> Contract:
    """Begin the next version, of what is in force or of the template; or go on with the one being drafted."""
    locked = lock_mentorship(mentorship)
    demand(can_make_contract(by, locked), CONTRACT_IS_MADE_BY)
    _demand_running(locked)
    if (open_draft := draft_of(locked.pk)) is not None:
        return open_draft
    before = contract_in_force(locked.pk)
    install_contract_template()  # for an organisation that was founded before there was one
    words = before or contract_template()[0] or ContractTemplate()
    made = Contract.objects.create(
        mentorship=locked,
        version=before.version + 1 if before else 1,
        **asdict(terms_of(words)),
        drafted_by_id=by.person_id,
        drafted_at=timezone.now(),
    )
    Deliverable.objects.bulk_create(_carried(made, before) if before else _from_template(made))
    return made


@transaction.atomic
def change_contract(
    contract: Contract, terms: Terms, lines: Sequence[Line], *, revision: int, by: Member
) -> Contract:
    """Change a draft. What one side has signed they sign again: nobody is bound to words they never read."""
    locked = _lock_contract(contract)
    demand(can_make_contract(by, locked.mentorship), CONTRACT_IS_MADE_BY)
    _demand_running(locked.mentorship)
    _demand_draft(locked, revision)
    if len(lines) > MOST_DELIVERABLES:
        raise ValidationError(_("At most %(most)d deliverables.") % {"most": MOST_DELIVERABLES})
    signed = {locked.mentorship.mentor_id} if locked.mentor_signed_at else set()
    signed |= {locked.mentorship.mentee_id} if locked.mentee_signed_at else set()
    locked.purpose, locked.rhythm, locked.confidentiality = terms.purpose, terms.rhythm, terms.confidentiality
    locked.mentor_signed_at = locked.mentee_signed_at = None
    locked.revision += 1
    locked.save()
    _write_lines(locked, lines)
    notify(signed - {by.person_id}, notices.changed(locked, by=by.name))
    return locked


@transaction.atomic
def sign_contract(contract: Contract, *, revision: int, by: Member) -> Contract:
    """Sign the words one has read. With the second signature the version is in force."""
    locked = _lock_contract(contract)
    mentorship = locked.mentorship
    demand(can_make_contract(by, mentorship), CONTRACT_IS_MADE_BY)
    _demand_running(mentorship)
    _demand_draft(locked, revision)
    field = "mentor_signed_at" if by.person_id == mentorship.mentor_id else "mentee_signed_at"
    if getattr(locked, field) is not None:
        raise ValidationError(_("You have signed this already."))
    setattr(locked, field, timezone.now())
    if locked.is_signed:
        _carry_progress(locked)
    locked.save(update_fields=[field])
    other = mentorship.other_side(by.person_id).pk
    notify([other], notices.in_force(locked) if locked.is_signed else notices.to_sign(locked, by=by.name))
    return locked


@transaction.atomic
def discard_draft(contract: Contract, *, by: Member) -> None:
    """Throw away a draft; a version in force stays in force."""
    locked = _lock_contract(contract)
    demand(can_make_contract(by, locked.mentorship), CONTRACT_IS_MADE_BY)
    _demand_draft(locked, locked.revision)
    locked.delete()


def _lock_contract(contract: Contract) -> Contract:
    """With its mentorship locked first, as drafting does."""
    mentorship = lock_mentorship(contract.mentorship)
    locked = Contract.objects.select_for_update(of=("self",)).filter(pk=contract.pk).first()
    if locked is None:
        raise ValidationError(_("Meanwhile this draft was thrown away."))
    locked.mentorship = mentorship
    return locked


def _demand_running(mentorship: Mentorship) -> None:
    if mentorship.state != MentorshipState.ACTIVE:
        raise ValidationError(_("A contract is made while the mentorship runs."))


def _demand_draft(contract: Contract, revision: int) -> None:
    if contract.is_signed:
        raise ValidationError(_("Both have signed it: draft the next version to change it."))
    if contract.revision != revision:
        raise ValidationError(_("Meanwhile the other side changed it: read it again first."))


def _from_template(contract: Contract) -> list[Deliverable]:
    today = timezone.localdate()
    return [
        Deliverable(
            contract=contract,
            title=line.title,
            due_on=today + dt.timedelta(days=line.due_days),
            position=line.position,
        )
        for line in contract_template()[1]
    ]


def _carried(contract: Contract, before: Contract) -> list[Deliverable]:
    """What is not completed yet, as the version before has it."""
    left = before.deliverables.exclude(state=DeliverableState.COMPLETED).order_by("position")
    return [
        Deliverable(
            contract=contract,
            follows=each,
            title=each.title,
            due_on=each.due_on,
            milestone=each.milestone,
            position=position,
        )
        for position, each in enumerate(left, 1)
    ]


def _write_lines(contract: Contract, lines: Sequence[Line]) -> None:
    follows = dict(contract.deliverables.values_list("pk", "follows_id"))
    contract.deliverables.all().delete()
    Deliverable.objects.bulk_create(
        [
            Deliverable(
                contract=contract,
                follows_id=follows.get(line.key) if line.key else None,
                title=line.title,
                due_on=line.due_on,
                milestone=line.milestone,
                position=position,
            )
            for position, line in enumerate(lines, 1)
        ]
    )


def _carry_progress(contract: Contract) -> None:
    """What happened to the version before while this one was being drafted happened."""
    for each in contract.deliverables.filter(follows__isnull=False).select_related("follows"):
        before = each.follows
        assert before is not None  # noqa: S101 - filtered above
        if before.state == DeliverableState.COMPLETED:
            each.delete()
        elif before.state == DeliverableState.REPORTED:
            each.state, each.report, each.reported_on = before.state, before.report, before.reported_on
            each.save(update_fields=["state", "report", "reported_on"])
