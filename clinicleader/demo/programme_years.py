"""Two partnership programmes: what came of the one whose year is over, and one that has just begun."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from typing import Final

from django.core.files.base import ContentFile

from clinicleader.demo.personas import person_of_part
from clinicleader.demo.shapes import OrganizationShape
from partnerships.enums import ArtefactKind, AuditPoint, ParticipantKind, PhaseKind, PhaseState
from partnerships.models import (
    Partner,
    PartnershipProgramme,
    PhaseAttendance,
    Profile,
    ProgrammeArtefact,
    ProgrammeAudit,
    ProgrammeCoaching,
    ProgrammeException,
    ProgrammeOutcome,
    ProgrammeParticipant,
    ProgrammePhase,
)
from partnerships.queries.exceptions import gaps_of
from partnerships.queries.phases import presence_at
from partnerships.queries.profiles import partners_of
from partnerships.queries.programmes import programmes
from partnerships.year import due_days
from passport.quarantine import hold
from passport.scanning import scan
from people.models import Person, Unit
from surveys.enums import WaveState
from surveys.models import Wave
from tenancy.scope import current_organization_id, tenant_scope
from web.pdf import Sheet, pdf_page

DAY: Final = dt.timedelta(days=1)
BEGAN: Final = 24 * DAY
MISSED, SESSIONS = 0.08, (3, 4, 5, 6)
PURPOSE: Final = (
    "Those who lead our services together begin a year in which they get to know each other’s work, agree on "
    "what they are there for, and are coached in their part."
)
WORDS: Final = {
    PhaseKind.AUDIT_START: "Read together: two rooms that speak of each other, and not with each other.",
    PhaseKind.PROFILING: "Everybody had an hour; what it says stays theirs.",
    PhaseKind.AWAY_DAY: "A day out of the house. What we came to is written down here.",
    PhaseKind.COACHING: "Everybody was offered six hours.",
    PhaseKind.AUDIT_END: "Read together: we hear news from each other first by now.",
}
ARTEFACTS: Final = {
    ArtefactKind.MISSION: (
        "We are there so that patients meet one service. We decide on what both of us have seen, say what we "
        "disagree on before others have to, and speak with one voice outside."
    ),
    ArtefactKind.ROLE_MAP: (
        "The physician answers for clinical standards, and relies on the administrator for people and money "
        "being there.\nThe administrator answers for budget, rooms and rotas, and relies on the physician to "
        "say early what will be needed.\nThe nurse leader answers for the wards day by day, and relies on "
        "both to decide within a week."
    ),
}
# What was declared, how it stood, and how it stands where it has been looked at by now.
OUTCOMES: Final = (
    ("Turnover of nurses in the services", "17 % a year", "", ""),
    ("Partners still in their role", "all", "all but one", "Register of partnerships"),
    ("First appointment within six weeks", "61 %", "", ""),
)
TO_DO: Final = "Agree on a first hour, and keep it free."
TOOL: Final = "A short questionnaire on traits"
TOLD: Final = (
    "I think aloud, others think first. Ask me to wait.",
    "Details calm me. Send me the figures the day before.",
    "I settle quarrels too fast. Tell me when it is not settled for you.",
)
ENDED: Final = "Made up for it with the next group."


def fill_programmes(shape: OrganizationShape, today: dt.date, dice: random.Random) -> None:
    """What came of those that are there, and one more for the partnerships that are in none."""
    for programme in programmes():
        _Year(shape, programme, today, dice).fill()
    _begin(shape, today)


class _Year:
    """What was done in a programme until today."""

    def __init__(
        self, shape: OrganizationShape, programme: PartnershipProgramme, today: dt.date, dice: random.Random
    ) -> None:
        self.programme, self.today, self.dice = programme, today, dice
        self.coach = person_of_part(shape, "director")
        self.people = programme.participants_by_name

    def fill(self) -> None:
        for phase in ProgrammePhase.objects.filter(programme=self.programme, state=PhaseState.DONE):
            self._hold(phase)
        self._coach()
        self._keep_profiles()
        self._leave_behind()
        self._declare()
        self._follow_up()

    def _hold(self, phase: ProgrammePhase) -> None:
        phase.words = WORDS.get(PhaseKind(phase.kind), "")
        phase.save(update_fields=["words"])
        if phase.counts_presence:
            PhaseAttendance.objects.bulk_create(
                PhaseAttendance(phase=phase, participant=each, present=self.dice.random() > MISSED)
                for each in self.people
            )

    def _coach(self) -> None:
        """All but the last one, who had no time."""
        for each in self.people[:-1]:
            each.coach = self.coach if each.person_id != self.coach.pk else None
            each.save(update_fields=["coach"])
            first = self.programme.start_date + self.dice.randint(100, 130) * DAY
            ProgrammeCoaching.objects.bulk_create(
                ProgrammeCoaching(
                    participant=each, held_on=first + 21 * number * DAY, logged_by_id=each.person_id
                )
                for number in range(self.dice.choice(SESSIONS))
            )

    def _keep_profiles(self) -> None:
        """Most keep theirs, each for themselves; every other one shows it to whoever leads with them."""
        done = ProgrammePhase.objects.filter(
            programme=self.programme, kind=PhaseKind.PROFILING, state=PhaseState.DONE
        ).first()
        if done is None or done.over_on is None:
            return
        there = presence_at(done)
        for place, each in enumerate(each for each in self.people[:-1] if there.get(each.pk)):
            partners = partners_of(each, self.programme) if place % 2 else []
            profile = Profile(
                participant=each,
                instrument=TOOL,
                made_on=done.over_on,
                words=self.dice.choice(TOLD),
                kept_on=done.over_on,
                readers=sorted(one.person_id for one in partners),
            )
            if place == 1:
                profile.file_name = "profile.pdf"
                profile.file.save(profile.file_name, ContentFile(_report()), save=False)
                scan(hold(profile.file).pk)
            with tenant_scope(
                current_organization_id(), actor_id=each.person_id, request_id="demo", reason="demo"
            ):
                profile.save(force_insert=True)

    def _leave_behind(self) -> None:
        for months, (kind, words) in enumerate(ARTEFACTS.items(), start=1):
            ProgrammeArtefact.objects.create(
                programme=self.programme,
                kind=kind,
                words=words,
                written_on=self.programme.start_date + 92 * months * DAY,
                written_by_id=self.people[-1].person_id,
            )

    def _declare(self) -> None:
        for title, before, after, source in OUTCOMES:
            ProgrammeOutcome.objects.create(
                programme=self.programme,
                title=title,
                before=before,
                declared_on=self.programme.start_date + 20 * DAY,
                after=after,
                measured_on=self.today - 5 * DAY if after else None,
                source=source,
            )

    def _follow_up(self) -> None:
        """The first is settled, the second is under way; of the rest nobody has taken care yet."""
        for place, gap in enumerate(gaps_of(self.programme)[:2]):
            settled = place == 0
            ProgrammeException.objects.create(
                participant=gap.participant,
                phase=gap.phase,
                owner_id=self.programme.lead_id,
                words=TO_DO,
                opened_on=self.today - 40 * DAY,
                ending=ENDED if settled else "",
                settled_on=self.today - 12 * DAY if settled else None,
            )


@cache
def _report() -> bytes:
    """What a tool of profiling prints, as nobody's."""
    return pdf_page(
        Sheet(
            title="A short questionnaire on traits",
            above="Sample",
            lead="An invented report: the demonstration has something to download.",
            head=("Trait", "Said"),
            groups=[("", [("Seeks company", "rather not"), ("Plans ahead", "rather so")])],
            widths=(2, 3),
            notes=[],
        )
    )


def _begin(shape: OrganizationShape, today: dt.date) -> None:
    """In the whole house, with the survey of these days as its first audit."""
    lead, sponsor = (person_of_part(shape, part) for part in ("hr_admin", "executive"))
    root = Unit.objects.filter(parent=None).earliest("name")
    made = PartnershipProgramme.objects.create(
        title=f"One service, two views {today.year}",
        purpose=PURPOSE,
        unit=root,
        lead=lead,
        start_date=today - BEGAN,
    )
    _seat(made, sponsor)
    ProgrammePhase.objects.bulk_create(
        ProgrammePhase(programme=made, kind=planned.kind, title=str(planned.title), due_on=due_on, owner=lead)
        for planned, due_on in due_days(made.start_date)
    )
    wave = Wave.objects.filter(instrument__key="cultural_audit", state=WaveState.OPEN).first()
    if wave is not None:
        ProgrammeAudit.objects.create(
            programme=made, which=AuditPoint.START, wave=wave, attached_on=today, attached_by=lead
        )


def _seat(programme: PartnershipProgramme, sponsor: Person) -> None:
    """The sponsor, and the partners who are in no other programme."""
    ProgrammeParticipant.objects.create(programme=programme, person=sponsor, kind=ParticipantKind.SPONSOR)
    elsewhere = ProgrammeParticipant.objects.values("person_id")
    low, high = programme.unit.subtree
    free = Partner.objects.filter(
        end_date=None, partnership__unit__path__gte=low, partnership__unit__path__lt=high
    ).exclude(person__in=elsewhere)
    ProgrammeParticipant.objects.bulk_create(
        ProgrammeParticipant(
            programme=programme,
            person_id=each.person_id,
            kind=ParticipantKind.PARTNER,
            partnership_id=each.partnership_id,
        )
        for each in free.order_by("person", "start_date").distinct("person")
    )
