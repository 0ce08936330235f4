"""Calling a case conference, bringing evidence, diagnosing, asking and answering."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from people.models import Person
from sponsors.enums import DiagnosisKind, Domain, EvidenceKind, OverCause
from sponsors.models import (
    Conference,
    ConferenceEvidence,
    Diagnosis,
    DiagnosisAcknowledgement,
    DiagnosisDraft,
    Sponsorship,
)
from sponsors.queries.conferences import conferences_to_prepare
from sponsors.queries.diagnoses import questions_to_answer
from sponsors.services import diagnoses as services
from sponsors.services.conferences import (
    Invitation,
    Note,
    conclude_conference,
    note_evidence,
    open_conference,
)
from sponsors.services.diagnoses import Finding
from sponsors.services.sponsorships import end_sponsorship
from tenancy.scope import Scope
from tests.factories.conferences import make_conference, make_diagnosis, make_diagnosis_draft, make_question
from tests.factories.sponsors import make_seat, make_sponsor, make_sponsorship
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def running(mercy: World, in_mercy: Scope) -> Sponsorship:
    """Eli sponsors Ada, Mara leads her, Colin looks after finance and Olga after coaching."""
    make_sponsor(mercy.eli)
    make_seat(mercy.ada, mercy.colin, by=mercy.eli)
    make_seat(mercy.ada, mercy.olga, by=mercy.eli, domain=Domain.COACHING)
    return make_sponsorship(mercy.eli, mercy.ada)


@pytest.fixture
def conference(mercy: World, running: Sponsorship) -> Conference:
    return make_conference(mercy.ada, mercy.mara, mercy.colin, by=mercy.eli)


def invitation(*guests: Person, **fields: object) -> Invitation:
    values = {"question": "What keeps her from leading?", "held_on": TODAY, **fields}
    return Invitation(guest_ids=[each.pk for each in guests], **values)  # type: ignore[arg-type]  # of the fields' types


def finding(domain: Domain = Domain.FINANCE, **fields: object) -> Finding:
    values = {
        "kind": DiagnosisKind.AREA,
        "words": "Budgets frighten her",
        "prescription": "Let her hold one",
        **fields,
    }
    return Finding(domain, **values)  # type: ignore[arg-type]  # of the fields' types


class TestCalling:
    def test_the_sponsor_calls_and_everybody_is_told(self, mercy: World, running: Sponsorship) -> None:
        made = open_conference(
            mercy.ada, invitation(mercy.mara, mercy.colin, held_on=TODAY + DAY), by=member_of(mercy.eli)
        )
        assert {each.person_id for each in made.attendees.all()} == {
            mercy.eli.pk,
            mercy.mara.pk,
            mercy.colin.pk,
        }
        (guests, asked), (leader, called) = told()
        assert (guests, leader) == ({mercy.mara.pk, mercy.colin.pk}, {mercy.ada.pk})
        assert asked.startswith("You are asked to a case conference about Ada Mercy on")
        assert called.startswith("Your team meets for a case conference on")

    @pytest.mark.parametrize("who", ["ada", "mara", "colin", "paula", "henry"])
    def test_nobody_else_calls_or_concludes(self, mercy: World, conference: Conference, who: str) -> None:
        by = member_of(mercy.people[who])
        with pytest.raises(PermissionDenied):
            open_conference(mercy.ada, invitation(mercy.colin), by=by)
        with pytest.raises(PermissionDenied):
            conclude_conference(conference, prescription="A budget.", review_on=TODAY + DAY, by=by)

    @pytest.mark.parametrize(
        ("guests", "fields", "words"),
        [
            (["colin"], {"question": " "}, "Say what the team should answer"),
            (["colin"], {"held_on": TODAY - DAY}, "called for today or later"),
            ([], {}, "a conference takes two at least"),
            (["stella"], {}, "Choose from the team as it is today"),
            (["ada"], {}, "Choose from the team as it is today"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, mercy: World, running: Sponsorship, guests: list[str], fields: dict[str, object], words: str
    ) -> None:
        asked = invitation(*(mercy.people[who] for who in guests), **fields)
        with pytest.raises(ValidationError, match=words):
            open_conference(mercy.ada, asked, by=member_of(mercy.eli))


class TestEvidence:
    def test_its_words_are_frozen(self, mercy: World, conference: Conference) -> None:
        note = Note(EvidenceKind.INDEX, " 41 of 60 ", Domain.FINANCE, "people/")
        made = note_evidence(conference, note, by=member_of(mercy.colin))
        assert (made.words, made.domain, made.path) == ("41 of 60", "finance", "people/")
        with pytest.raises(DatabaseError), transaction.atomic():
            ConferenceEvidence.objects.update(words="52 of 60")

    @pytest.mark.parametrize(("who", "domain"), [("colin", Domain.COACHING), ("ada", None), ("paula", None)])
    def test_it_comes_from_those_who_sit_there(
        self, mercy: World, conference: Conference, who: str, domain: Domain | None
    ) -> None:
        with pytest.raises(PermissionDenied):
            note_evidence(conference, Note(EvidenceKind.SCORE, "62", domain), by=member_of(mercy.people[who]))


class TestConcluding:
    def test_no_prescription_without_a_diagnosis(self, mercy: World, conference: Conference) -> None:
        eli = member_of(mercy.eli)
        with pytest.raises(ValidationError, match="no prescription without one"):
            conclude_conference(conference, prescription="A budget.", review_on=TODAY + 90 * DAY, by=eli)
        make_diagnosis(conference, by=mercy.colin)
        after = conclude_conference(conference, prescription="A budget.", review_on=TODAY + 90 * DAY, by=eli)
        assert after.is_concluded
        assert told() == [
            (
                {mercy.ada.pk, mercy.mara.pk, mercy.colin.pk},
                "The case conference about Ada Mercy is concluded.",
            )
        ]
        with pytest.raises(ValidationError, match="concluded meanwhile"):
            conclude_conference(conference, prescription="Two.", review_on=TODAY + 90 * DAY, by=eli)
        with pytest.raises(ValidationError, match="take it to the next one"):
            note_evidence(conference, Note(EvidenceKind.SCORE, "62"), by=eli)

    @pytest.mark.parametrize("days", [0, 181])
    def test_the_team_looks_again_in_time(self, mercy: World, conference: Conference, days: int) -> None:
        make_diagnosis(conference, by=mercy.colin)
        with pytest.raises(ValidationError, match="within 180 days"):
            conclude_conference(
                conference, prescription="A budget.", review_on=TODAY + days * DAY, by=member_of(mercy.eli)
            )


class TestDiagnosing:
    @pytest.mark.parametrize(
        ("who", "domains"),
        [
            ("eli", {Domain.FINANCE, Domain.COACHING}),
            ("mara", {Domain.FINANCE, Domain.COACHING}),
            ("colin", {Domain.FINANCE}),
            ("olga", {Domain.COACHING}),
            ("ada", set()),
            ("paula", set()),
            ("stella", set()),
        ],
    )
    def test_everybody_writes_what_is_theirs(
        self, mercy: World, conference: Conference, who: str, domains: set[Domain]
    ) -> None:
        by, may = member_of(mercy.people[who]), set()
        for domain in (Domain.FINANCE, Domain.COACHING):
            try:
                services.draft_diagnosis(conference, finding(domain), by=by)
            except PermissionDenied:
                continue
            may.add(domain)
        assert may == domains

    def test_a_released_one_is_told_and_stays(self, mercy: World, conference: Conference) -> None:
        draft = services.draft_diagnosis(conference, finding(), by=member_of(mercy.colin))
        assert told() == []
        made = services.release_diagnosis(draft, by=member_of(mercy.colin))
        assert told() == [({mercy.ada.pk}, "Colin Mercy has released a diagnosis: read it, and ask.")]
        assert (made.words, made.prescription) == ("Budgets frighten her", "Let her hold one")
        assert not DiagnosisDraft.objects.exists()
        for change in (lambda: Diagnosis.objects.update(words="Never mind"), Diagnosis.objects.all().delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_a_draft_is_its_authors(self, mercy: World, conference: Conference) -> None:
        draft = make_diagnosis_draft(conference, by=mercy.colin)
        for who in ("eli", "mara", "olga", "ada"):
            by = member_of(mercy.people[who])
            for act in (services.release_diagnosis, services.discard_draft):
                with pytest.raises(PermissionDenied):
                    act(draft, by=by)
            with pytest.raises(PermissionDenied):
                services.change_draft(draft, finding(words="Other words"), by=by)

    def test_a_draft_that_is_gone_says_so(self, mercy: World, conference: Conference) -> None:
        draft, colin = make_diagnosis_draft(conference, by=mercy.colin), member_of(mercy.colin)
        services.discard_draft(draft, by=colin)
        with pytest.raises(ValidationError, match="This draft is gone"):
            services.release_diagnosis(draft, by=colin)

    def test_a_draft_does_not_slip_into_another_domain(self, mercy: World, conference: Conference) -> None:
        draft = make_diagnosis_draft(conference, by=mercy.colin)
        with pytest.raises(PermissionDenied):
            services.change_draft(draft, finding(Domain.COACHING), by=member_of(mercy.colin))

    @pytest.mark.parametrize("name", ["words", "prescription"])
    def test_nothing_is_not_a_diagnosis(self, mercy: World, conference: Conference, name: str) -> None:
        with pytest.raises(ValidationError):
            services.draft_diagnosis(conference, finding(**{name: " "}), by=member_of(mercy.colin))


class TestCorrecting:
    def test_a_new_one_says_what_it_corrects(self, mercy: World, conference: Conference) -> None:
        first, colin = make_diagnosis(conference, by=mercy.colin), member_of(mercy.colin)
        draft = services.draft_diagnosis(conference, finding(corrects_id=first.pk), by=colin)
        assert services.release_diagnosis(draft, by=colin).corrects_id == first.pk

    def test_one_is_corrected_once(self, mercy: World, conference: Conference) -> None:
        first = make_diagnosis(conference, by=mercy.colin)
        late = make_diagnosis_draft(conference, by=mercy.colin, corrects=first)
        make_diagnosis(conference, by=mercy.eli, corrects=first)
        with pytest.raises(ValidationError, match="Correct that one instead"):
            services.release_diagnosis(late, by=member_of(mercy.colin))
        with pytest.raises(IntegrityError, match="corrected_once"), transaction.atomic():
            make_diagnosis(conference, by=mercy.eli, corrects=first)

    def test_it_stays_with_leader_and_domain(self, mercy: World, conference: Conference) -> None:
        other = make_diagnosis(make_conference(mercy.mara, by=mercy.eli), by=mercy.eli)
        coaching = make_diagnosis(conference, by=mercy.olga, domain=Domain.COACHING)
        for corrected in (other, coaching):
            with pytest.raises(ValidationError, match="stays in the domain"):
                services.draft_diagnosis(
                    conference, finding(corrects_id=corrected.pk), by=member_of(mercy.colin)
                )


class TestReading:
    def test_the_leader_alone_acknowledges_and_once(self, mercy: World, conference: Conference) -> None:
        made = make_diagnosis(conference, by=mercy.colin)
        for who in ("eli", "mara", "colin"):
            with pytest.raises(PermissionDenied):
                services.acknowledge_diagnosis(made, by=member_of(mercy.people[who]))
        for _ in range(2):
            services.acknowledge_diagnosis(made, by=member_of(mercy.ada))
        assert DiagnosisAcknowledgement.objects.count() == 1
        assert told() == [({mercy.colin.pk}, "Ada Mercy has read your diagnosis.")]

    def test_a_question_is_asked_and_answered(self, mercy: World, conference: Conference) -> None:
        made = make_diagnosis(conference, by=mercy.colin)
        asked = services.ask_about(made, "Since when?", by=member_of(mercy.ada))
        answered = services.answer_question(asked, "Since spring.", by=member_of(mercy.colin))
        assert (answered.answer, answered.answered_by_id) == ("Since spring.", mercy.colin.pk)
        assert told() == [
            ({mercy.colin.pk, mercy.eli.pk}, "Ada Mercy asks about a diagnosis."),
            ({mercy.ada.pk}, "Your question about a diagnosis is answered."),
        ]
        with pytest.raises(ValidationError, match="answered meanwhile"):
            services.answer_question(asked, "Since autumn.", by=member_of(mercy.eli))

    @pytest.mark.parametrize("who", ["ada", "mara", "olga", "paula"])
    def test_author_and_sponsor_answer(self, mercy: World, conference: Conference, who: str) -> None:
        asked = make_question(make_diagnosis(conference, by=mercy.colin))
        with pytest.raises(PermissionDenied):
            services.answer_question(asked, "I think so.", by=member_of(mercy.people[who]))
        services.answer_question(asked, "Yes.", by=member_of(mercy.eli))

    @pytest.mark.parametrize("who", ["eli", "mara", "colin", "paula"])
    def test_the_leader_asks(self, mercy: World, conference: Conference, who: str) -> None:
        with pytest.raises(PermissionDenied):
            services.ask_about(
                make_diagnosis(conference, by=mercy.colin), "Why?", by=member_of(mercy.people[who])
            )


class TestDue:
    def test_a_conference_is_prepared_until_one_has_diagnosed(
        self, mercy: World, conference: Conference
    ) -> None:
        def due_for(who: str) -> int:
            return conferences_to_prepare(member_of(mercy.people[who]), on=TODAY).count()

        assert [due_for(who) for who in ("eli", "mara", "colin", "olga", "ada")] == [1, 1, 1, 0, 0]
        for who in ("eli", "colin"):
            make_diagnosis(conference, by=mercy.people[who])
        assert [due_for(who) for who in ("eli", "mara", "colin")] == [1, 1, 0]
        eli = member_of(mercy.eli)
        conclude_conference(conference, prescription="A budget.", review_on=TODAY + DAY, by=eli)
        assert [due_for(who) for who in ("eli", "mara")] == [0, 0]

    def test_a_question_is_due_after_seven_days_to_author_and_sponsor(
        self, mercy: World, conference: Conference
    ) -> None:
        made = make_diagnosis(conference, by=mercy.colin)
        make_question(made, days_ago=6)
        late = make_question(made, days_ago=7)

        def due_for(who: str) -> list[object]:
            return [each.pk for each in questions_to_answer(member_of(mercy.people[who]), on=TODAY)]

        assert [due_for(who) for who in ("eli", "colin")] == [[late.pk], [late.pk]]
        assert [due_for(who) for who in ("mara", "olga", "ada")] == [[], [], []]

    def test_nothing_is_due_to_those_who_left(
        self, mercy: World, running: Sponsorship, conference: Conference
    ) -> None:
        made = make_diagnosis(conference, by=mercy.eli)
        make_question(made, days_ago=9)
        end_sponsorship(running, cause=OverCause.LEAVING, by=member_of(mercy.eli))
        eli = member_of(mercy.eli)
        assert not questions_to_answer(eli, on=TODAY).exists()
        assert not conferences_to_prepare(eli, on=TODAY).exists()
