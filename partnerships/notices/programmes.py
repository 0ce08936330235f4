"""What those who go through a partnership programme are told. Its name and what is next."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.models import PartnershipProgramme, ProgrammeException, ProgrammeParticipant, ProgrammePhase
from people.models import Person
from people.notices import Notice, page_path

ICON = "route"


def begun(programme: PartnershipProgramme) -> Notice:
    return _notice(_("You take part in the partnership programme “%(title)s”: see the year."), programme)


def led(programme: PartnershipProgramme) -> Notice:
    return _notice(_("You run the partnership programme “%(title)s”."), programme)


def to_see_to(phase: ProgrammePhase) -> Notice:
    return _of_phase(_("You see to “%(phase)s” of the programme “%(title)s”."), phase)


def late(phase: ProgrammePhase) -> Notice:
    return _of_phase(_("“%(phase)s” of the programme “%(title)s” is late."), phase)


def coached(participant: ProgrammeParticipant, coach: Person) -> Notice:
    title = _("%(name)s will coach you in the programme “%(title)s”.")
    names = {"name": coach.name, "title": participant.programme.title}
    return Notice(title % names, page_path("partnerships:programme", participant.programme_id), ICON)


def profile_shown(to: ProgrammeParticipant, *, by: Person) -> Notice:
    title = _("%(name)s shows you what profiling told them.") % {"name": by.name}
    return Notice(title, page_path("partnerships:programme_participant", to.programme_id, to.pk), ICON)


def to_follow_up(exception: ProgrammeException) -> Notice:
    title = _("%(name)s missed “%(phase)s”: you see to it.")
    names = {"name": exception.participant.person.name, "phase": exception.phase.title}
    path = page_path("partnerships:programme_exceptions", exception.phase.programme_id)
    return Notice(title % names, path, ICON)


def _of_phase(title: str, phase: ProgrammePhase) -> Notice:
    names = {"phase": phase.title, "title": phase.programme.title}
    return Notice(
        title % names, page_path("partnerships:programme_phase", phase.programme_id, phase.pk), ICON
    )


def _notice(title: str, programme: PartnershipProgramme) -> Notice:
    return Notice(title % {"title": programme.title}, page_path("partnerships:programme", programme.pk), ICON)
