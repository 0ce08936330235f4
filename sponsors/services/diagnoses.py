"""Drafting a diagnosis, releasing it to the leader for good, and what the leader says to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.notices import notify
from sponsors.enums import DiagnosisKind, Domain
from sponsors.models import (
    Conference,
    Diagnosis,
    DiagnosisAcknowledgement,
    DiagnosisDraft,
    DiagnosisQuestion,
)
from sponsors.notices import conferences as notices
from sponsors.permissions import (
    DIAGNOSIS_IS_READ_BY,
    DIAGNOSIS_IS_WRITTEN_BY,
    DRAFT_IS_ITS_AUTHORS,
    QUESTION_IS_ANSWERED_BY,
    can_answer_question,
    can_change_draft,
    can_diagnose,
)
from sponsors.queries.sponsorships import running_sponsorship_of
from sponsors.queries.team import seat_at


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnosis as somebody words it."""

    domain: Domain
    kind: DiagnosisKind
    words: str
    prescription: str
    corrects_id: UUID | None = None


@transaction.atomic
def draft_diagnosis(conference: Conference, finding: Finding, *, by: Member) -> DiagnosisDraft:
    """A first wording, for its author and the sponsor."""
    _demand_domain(by, conference, finding.domain)
    return DiagnosisDraft.objects.create(
        conference=conference, author_id=by.person_id, **_values(conference, finding)
    )


@transaction.atomic
def change_draft(draft: DiagnosisDraft, finding: Finding, *, by: Member) -> DiagnosisDraft:
    """Another wording, by the same author."""
    locked = _locked(draft, by)
    _demand_domain(by, locked.conference, finding.domain)
    for name, value in _values(locked.conference, finding).items():
        setattr(locked, name, value)
    locked.save()
    return locked


@transaction.atomic
def discard_draft(draft: DiagnosisDraft, *, by: Member) -> None:
    _locked(draft, by).delete()


@transaction.atomic
def release_diagnosis(draft: DiagnosisDraft, *, by: Member) -> Diagnosis:
    """The leader reads it from this moment on, and is told. It is never taken back."""
    locked = _locked(draft, by)
    if locked.corrects_id and Diagnosis.objects.filter(corrects=locked.corrects_id).exists():
        raise ValidationError(_("Meanwhile somebody corrected this diagnosis. Correct that one instead."))
    made = Diagnosis.objects.create(
        conference=locked.conference,
        author_id=locked.author_id,
        domain=locked.domain,
        kind=locked.kind,
        words=locked.words,
        prescription=locked.prescription,
        corrects_id=locked.corrects_id,
    )
    locked.delete()
    notify([made.conference.leader_id], notices.released(made))
    return made


@transaction.atomic
def acknowledge_diagnosis(diagnosis: Diagnosis, *, by: Member) -> DiagnosisAcknowledgement:
    """The leader has read it. Twice is once."""
    demand(by.person_id == diagnosis.conference.leader_id, DIAGNOSIS_IS_READ_BY)
    made, new = DiagnosisAcknowledgement.objects.get_or_create(diagnosis=diagnosis)
    if new:
        notify([diagnosis.author_id], notices.acknowledged(diagnosis))
    return made


@transaction.atomic
def ask_about(diagnosis: Diagnosis, words: str, *, by: Member) -> DiagnosisQuestion:
    """The leader asks. Author and sponsor are told; the time until the answer is measured."""
    leader_id = diagnosis.conference.leader_id
    demand(by.person_id == leader_id, DIAGNOSIS_IS_READ_BY)
    if not words.strip():
        raise ValidationError({"words": _("Say what you would like to know.")})
    made = DiagnosisQuestion.objects.create(diagnosis=diagnosis, words=words.strip())
    sponsorship = running_sponsorship_of(leader_id)
    told = {diagnosis.author_id} | ({sponsorship.sponsor_id} if sponsorship else set())
    notify(told, notices.questioned(made))
    return made


@transaction.atomic
def answer_question(question: DiagnosisQuestion, answer: str, *, by: Member) -> DiagnosisQuestion:
    """Once: whatever is still not clear is asked again."""
    locked = (
        DiagnosisQuestion.objects.select_for_update(of=("self",))
        .select_related("diagnosis__conference")
        .get(pk=question.pk)
    )
    leader_id = locked.diagnosis.conference.leader_id
    seat = seat_at(by, leader_id, on=timezone.localdate())
    demand(can_answer_question(seat, locked.diagnosis), QUESTION_IS_ANSWERED_BY)
    if locked.answered_at is not None:
        raise ValidationError(_("This question was answered meanwhile."))
    if not answer.strip():
        raise ValidationError({"answer": _("Answer in a sentence at least.")})
    locked.answer, locked.answered_by_id = answer.strip(), by.person_id
    locked.answered_at = timezone.now()
    locked.save(update_fields=["answer", "answered_by", "answered_at"])
    notify([leader_id], notices.answered(locked))
    return locked


def _locked(draft: DiagnosisDraft, by: Member) -> DiagnosisDraft:
    """The draft, for the one who may change it. It may have been released meanwhile."""
    locked = (
        DiagnosisDraft.objects.select_for_update(of=("self",))
        .select_related("conference")
        .filter(pk=draft.pk)
        .first()
    )
    if locked is None:
        raise ValidationError(_("This draft is gone: it was released or discarded."))
    seat = seat_at(by, locked.conference.leader_id, on=timezone.localdate())
    demand(can_change_draft(seat, locked), DRAFT_IS_ITS_AUTHORS)
    return locked


def _demand_domain(by: Member, conference: Conference, domain: Domain) -> None:
    seat = seat_at(by, conference.leader_id, on=timezone.localdate())
    demand(can_diagnose(seat, domain), DIAGNOSIS_IS_WRITTEN_BY)


def _values(conference: Conference, finding: Finding) -> dict[str, object]:
    """As columns. Raises ValidationError where words are missing, or what it corrects is of another leader or
    domain."""
    errors = {}
    if not finding.words.strip():
        errors["words"] = _("Say what you see.")
    if not finding.prescription.strip():
        errors["prescription"] = _("Say what you recommend.")
    if finding.corrects_id is not None:
        corrected = Diagnosis.objects.filter(
            pk=finding.corrects_id, conference__leader=conference.leader_id, domain=finding.domain
        )
        if not corrected.exists():
            errors["domain"] = _("A correction stays in the domain of what it corrects.")
    if errors:
        raise ValidationError(errors)
    return {
        "domain": finding.domain,
        "kind": finding.kind,
        "words": finding.words.strip(),
        "prescription": finding.prescription.strip(),
        "corrects_id": finding.corrects_id,
    }
