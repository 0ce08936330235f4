"""Who may do what with partnerships: pure predicates on plain values, without queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from partnerships.enums import CODERS
from partnerships.models import (
    AuditAnalysis,
    Partnership,
    PartnershipCheck,
    PartnershipProgramme,
    ProgrammeException,
    ProgrammeParticipant,
    ProgrammePhase,
)
from people.enums import Role
from people.member import Member
from people.permissions import can_see_overview
from surveys.timing import manager_sees_from

# Who may, in words for whoever may not: people.access.demand() says them.
PARTNERSHIPS_ARE_REGISTERED_BY = _("HR admins, executives and a unit’s leader register its partnerships.")
CHARTER_IS_KEPT_BY = _("The partners themselves keep their charter, goals and meetings.")
PARTNERS_ARE_CHANGED_BY = _("The partners, HR admins and executives say who belongs to a partnership.")
HOW_THEY_DO_IS_FOR = _("HR admins and executives see how partnerships do.")
CHARTER_IS_FOR = _("What partners agreed on is for themselves, HR admins and executives.")


def watches_partnerships(member: Member) -> bool:
    """Sees how partnerships of all units do: who is missing, how often they meet, what they agreed on."""
    return member.has(Role.HR_ADMIN, Role.EXECUTIVE)


def can_register_somewhere(member: Member) -> bool:
    return watches_partnerships(member) or bool(member.led_units)


def can_register_partnership(member: Member, unit_id: UUID) -> bool:
    return watches_partnerships(member) or unit_id in member.led_units


def is_partner(member: Member, partner_ids: Collection[UUID]) -> bool:
    return member.person_id in partner_ids


def can_read_charter(member: Member, partnership: Partnership) -> bool:
    """Who partners with whom is for everybody; what they agreed on for them and whoever watches."""
    return is_partner(member, partnership.partner_ids) or watches_partnerships(member)


def can_keep_charter(member: Member, partner_ids: Collection[UUID]) -> bool:
    """The partners, each of them alone: they trust each other with it."""
    return is_partner(member, partner_ids)


def can_change_partners(member: Member, partner_ids: Collection[UUID]) -> bool:
    return is_partner(member, partner_ids) or watches_partnerships(member)


CHECK_IS_ANSWERED_BY = _("A partnership check is answered by the partners who are asked.")
CHECK_IS_FOR = _("A partnership check is for the partners; others read it when all of them agree.")


def is_on_roll(member: Member, check: PartnershipCheck) -> bool:
    """Asked in this check, whether they are partners by now or not."""
    return member.person_id in {place.person_id for place in check.places_by_name}


def can_read_check(member: Member, check: PartnershipCheck) -> bool:
    """Who is asked; HR admins and executives when it is answered and all have agreed (C18)."""
    return is_on_roll(member, check) or (
        check.is_revealed and check.is_shared and watches_partnerships(member)
    )


PROGRAMMES_ARE_BEGUN_BY = _("HR admins and executives begin a partnership programme.")
PROGRAMME_IS_RUN_BY = _("Whoever leads the programme, HR admins and executives run it.")


def can_begin_programme(member: Member) -> bool:
    return watches_partnerships(member)


def can_run_programme(member: Member, programme: PartnershipProgramme) -> bool:
    return watches_partnerships(member) or member.person_id == programme.lead_id


ARTEFACT_IS_WRITTEN_BY = _(
    "Those who take part, and whoever runs the programme, write what it leaves behind."
)
COACHING_IS_LOGGED_BY = _("A session is logged by whoever had it, or by whoever runs the programme.")


def participant_of(member: Member, programme: PartnershipProgramme) -> ProgrammeParticipant | None:
    """As what somebody takes part, or once did."""
    people = programme.participants_by_name
    return next((each for each in people if each.person_id == member.person_id), None)


def can_write_artefact(member: Member, programme: PartnershipProgramme) -> bool:
    """Who takes part at present, and whoever runs it."""
    own = participant_of(member, programme)
    return (own is not None and own.left_on is None) or can_run_programme(member, programme)


def can_log_coaching(
    member: Member, programme: PartnershipProgramme, participant: ProgrammeParticipant
) -> bool:
    return member.person_id == participant.person_id or can_run_programme(member, programme)


PROFILE_IS_KEPT_BY = _("A profile is kept, shown and taken away by whom it is about, and by nobody else.")


def can_keep_profile(member: Member, participant: ProgrammeParticipant) -> bool:
    """Their own; not even whoever runs the programme does it for them (C17)."""
    return member.person_id == participant.person_id


def is_told_of_audits(member: Member, programme: PartnershipProgramme) -> bool:
    """Who takes part or once did, and whoever runs it; not who only sees to a part of it."""
    return participant_of(member, programme) is not None or can_run_programme(member, programme)


def can_read_audit(
    member: Member, programme: PartnershipProgramme, published_on: dt.date | None, *, on: dt.date
) -> bool:
    """What is published of a programme's audit: all who take part are told of it, when the leaders of the
    units have had theirs for a week; who sees the overview at once."""
    if published_on is None or not is_told_of_audits(member, programme):
        return False
    return can_see_overview(member) or on >= manager_sees_from(published_on)


ANALYSIS_IS_BY = _("Audits are coded by the two who were named for it.")
CODEBOOK_IS_KEPT_BY = _("The codebook is kept by those who code and by whoever runs the programme.")
DIFFERENCES_ARE_SETTLED_BY = _("Differences are settled by those who coded, and by a third reader.")
FINDINGS_ARE_FOR = _("What was written is told to those who take part, once it is released.")


def is_coder(member: Member, analysis: AuditAnalysis) -> bool:
    """One of the two who code."""
    return member.person_id in {each.person_id for each in analysis.coders_by_part if each.part in CODERS}


def can_settle(member: Member, analysis: AuditAnalysis) -> bool:
    """The two who coded, and the third reader."""
    return member.person_id in {each.person_id for each in analysis.coders_by_part}


def can_keep_codebook(member: Member, programme: PartnershipProgramme, *, codes: bool) -> bool:
    """`codes`: whether they code an audit of it."""
    return codes or can_run_programme(member, programme)


PHASE_IS_SEEN_TO_BY = _(
    "Whoever sees to this part of the programme, or runs the programme, notes how it went."
)
EXCEPTION_IS_SETTLED_BY = _("Whoever follows this up, or runs the programme, says how it ended.")


def can_see_to_phase(member: Member, programme: PartnershipProgramme, phase: ProgrammePhase) -> bool:
    return member.person_id == phase.owner_id or can_run_programme(member, programme)


def can_settle_exception(
    member: Member, programme: PartnershipProgramme, exception: ProgrammeException
) -> bool:
    return member.person_id == exception.owner_id or can_run_programme(member, programme)
