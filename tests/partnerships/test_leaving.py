"""A coder who cannot go on is replaced, an analysis that cannot be finished is ended and begun again;
what somebody else coded is never seen too early, whatever becomes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.enums import AnalysisState, CoderPart
from partnerships.models import AuditAnalysis, Code, Coder, Partnership, ProgrammeAudit, Reading
from partnerships.queries.coding import comments_of, outcome_of
from partnerships.services.analyses import begin_analysis, give_opinion, name_third, read_comment
from partnerships.services.findings import release_findings
from partnerships.services.leaving import end_analysis, replace_coder, tell_of_coders_gone
from people.models import Person
from tenancy.jobs import registered_jobs
from tenancy.models import AuditEntry
from tenancy.scope import tenant_scope
from tests.due import due_items
from tests.factories.analyses import (
    analysis_as_loaded,
    code_as,
    make_analysis,
    make_code,
    make_theme,
    make_written_audit,
)
from tests.factories.partnerships import make_partnership, make_programme
from tests.members import member_of
from tests.notices import told
from tests.world import World

SignIn = Callable[[Person], Client]
TEXTS = [f"Comment {number}" for number in range(6)]
WHY = "On parental leave from today"
FIRST, SECOND, THIRD = CoderPart


@contextmanager
def acting(world: World, person: Person) -> Iterator[None]:
    with tenant_scope(world.organization.pk, actor_id=person.pk):
        yield


def seen_by(world: World, person: Person) -> set[UUID]:
    """Whose readings PostgreSQL shows: no filter of ours between."""
    with acting(world, person):
        return set(Reading.objects.values_list("coder__person_id", flat=True))


@pytest.fixture
def audit(mercy: World, dyad: Partnership) -> ProgrammeAudit:
    """Colin runs the programme, Eli is its sponsor, Ada and Mara are its partners."""
    return make_written_audit(mercy, make_programme(mercy.root, mercy.colin, mercy.eli, dyad), TEXTS)


@pytest.fixture
def trust(audit: ProgrammeAudit) -> Code:
    theme = make_theme(audit.programme, "Trusting each other")
    return make_code(audit.programme, "Trust", theme=theme)


@pytest.fixture
def analysis(mercy: World, audit: ProgrammeAudit, trust: Code) -> AuditAnalysis:
    """Paula and Stella code; Paula has read one comment."""
    made = make_analysis(audit, mercy.paula, mercy.stella, state="coding")
    with acting(mercy, mercy.paula):
        read_comment(made, comments_of(made)[0], [trust.pk], by=member_of(mercy.paula))
    return made


class TestACoderWhoLeaves:
    def test_somebody_else_takes_the_part_and_is_told(self, mercy: World, analysis: AuditAnalysis) -> None:
        after = replace_coder(analysis, FIRST, mercy.olga, WHY, by=member_of(mercy.colin))
        assert [(each.person, each.part) for each in after.coders_by_part] == [
            (mercy.olga, FIRST),
            (mercy.stella, SECOND),
        ]
        said = {next(iter(to)): title for to, title in told()}
        assert "in your place" in said[mercy.paula.pk]
        assert "Code the comments" in said[mercy.olga.pk]
        assert "Olga Mercy codes from now on" in said[mercy.stella.pk]
        assert not any(WHY in title for title in said.values())
        left = Coder.objects.get(person=mercy.paula)
        assert (left.left_on, left.why) == (timezone.localdate(), WHY)
        changes = AuditEntry.objects.filter(table_name="partnerships_coder", operation="update")
        assert {each.change["why"] for each in changes} == {"redacted"}

    def test_what_they_coded_is_seen_by_nobody_any_more(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        replace_coder(analysis, FIRST, mercy.olga, WHY, by=member_of(mercy.colin))
        everybody = (mercy.paula, mercy.olga, mercy.stella, mercy.colin, mercy.henry)
        assert [seen_by(mercy, person) for person in everybody] == [set()] * len(everybody)
        kept = analysis_as_loaded(analysis)
        code_as(kept, mercy.olga, {})
        assert seen_by(mercy, mercy.stella) == set()
        code_as(kept, mercy.stella, {TEXTS[0]: [trust]})
        assert seen_by(mercy, mercy.olga) == seen_by(mercy, mercy.stella) == {mercy.olga.pk, mercy.stella.pk}
        assert seen_by(mercy, mercy.paula) == {mercy.olga.pk, mercy.stella.pk}  # as for everybody by now

    def test_they_code_no_more_and_come_back_never(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        replace_coder(analysis, FIRST, mercy.olga, WHY, by=member_of(mercy.colin))
        left = Coder.objects.get(person=mercy.paula)
        with acting(mercy, mercy.paula):
            assert due_items("partnerships", member_of(mercy.paula), mercy.slug, timezone.localdate()) == []
            with pytest.raises(PermissionDenied):
                read_comment(analysis, comments_of(analysis)[1], [], by=member_of(mercy.paula))
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Reading.objects.create(coder=left, quote=comments_of(analysis)[1])
            with pytest.raises(IntegrityError, match="coder_left"), transaction.atomic():
                Coder.objects.filter(pk=left.pk).update(finished_at=timezone.now())
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                Coder.objects.filter(pk=left.pk).update(left_on=None)
        with pytest.raises(ValidationError, match="coded already"):
            replace_coder(analysis, FIRST, mercy.paula, WHY, by=member_of(mercy.colin))

    def test_who_has_handed_in_stays(self, mercy: World, analysis: AuditAnalysis) -> None:
        code_as(analysis, mercy.stella, {})
        with pytest.raises(ValidationError, match="Stella Mercy has handed in"):
            replace_coder(analysis, SECOND, mercy.olga, WHY, by=member_of(mercy.colin))

    def test_by_whoever_runs_it_with_a_reason_and_from_outside(
        self, mercy: World, analysis: AuditAnalysis
    ) -> None:
        for who in (mercy.paula, mercy.stella, mercy.ada):
            with pytest.raises(PermissionDenied), transaction.atomic():
                replace_coder(analysis, FIRST, mercy.olga, WHY, by=member_of(who))
        colin = member_of(mercy.colin)
        for person, why, part, words in (
            (mercy.olga, " ", FIRST, "Say why"),
            (mercy.ada, WHY, FIRST, "takes part"),
            (mercy.stella, WHY, FIRST, "coded already"),
            (mercy.olga, WHY, THIRD, "Nobody has this part"),
        ):
            with pytest.raises(ValidationError, match=words), transaction.atomic():
                replace_coder(analysis, part, person, why, by=colin)

    def test_a_third_reader_too_and_what_they_said_counts_no_more(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        code_as(analysis, mercy.paula, {TEXTS[0]: [trust]})
        code_as(analysis, mercy.stella, {})
        name_third(analysis, mercy.henry, by=member_of(mercy.colin))
        settling = analysis_as_loaded(analysis)
        quote = next(each.pk for each in comments_of(settling) if each.text == TEXTS[0])
        with acting(mercy, mercy.henry):
            give_opinion(settling, quote, trust.pk, has_code=True, by=member_of(mercy.henry))
            assert outcome_of(settling).consensus.is_complete
        after = replace_coder(settling, THIRD, mercy.olga, WHY, by=member_of(mercy.colin))
        assert after.coders_by_part[-1].person == mercy.olga
        assert not outcome_of(after).consensus.is_complete


def leave(person: Person) -> None:
    """Yesterday was their last day."""
    Person.objects.filter(pk=person.pk).update(end_date=timezone.localdate() - dt.timedelta(days=1))


class TestACoderWhoLeftTheOrganisation:
    """Colin leads the programme, Henry is the HR admin."""

    def test_who_runs_it_is_told_until_somebody_takes_their_place(
        self, mercy: World, analysis: AuditAnalysis
    ) -> None:
        today = timezone.localdate()
        assert (tell_of_coders_gone(on=today), told()) == (0, [])
        leave(mercy.paula)
        days = (today, today + dt.timedelta(days=1), today + dt.timedelta(days=7))
        assert [tell_of_coders_gone(on=day) for day in days] == [1, 0, 1]
        words = "Paula Mercy, who codes the audit, has left. Name who takes their place."
        assert {frozenset(to) for to, _title in told()} == {frozenset({mercy.colin.pk, mercy.henry.pk})}
        assert all(words in title for _to, title in told())
        replace_coder(analysis, FIRST, mercy.olga, WHY, by=member_of(mercy.colin))
        assert tell_of_coders_gone(on=days[-1]) == 0
        leave(mercy.olga)  # whoever leaves next is told of at once
        assert tell_of_coders_gone(on=days[-1]) == 1

    def test_not_of_who_has_handed_in_or_what_is_over(self, mercy: World, analysis: AuditAnalysis) -> None:
        code_as(analysis, mercy.stella, {})
        leave(mercy.stella)
        assert tell_of_coders_gone(on=timezone.localdate()) == 0
        leave(mercy.paula)
        end_analysis(analysis, WHY, by=member_of(mercy.colin))
        assert tell_of_coders_gone(on=timezone.localdate()) == 0

    def test_it_is_on_the_today_page_of_who_runs_it_alone(
        self, mercy: World, analysis: AuditAnalysis
    ) -> None:
        leave(mercy.paula)
        title = "Who codes in the place of Paula Mercy?"
        for who, asked in (("colin", True), ("henry", True), ("ada", False), ("stella", False)):
            member = member_of(mercy.people[who])
            items = due_items("partnerships", member, mercy.slug, timezone.localdate())
            assert (title in [each.title for each in items]) == asked, who

    def test_the_nightly_round_does_it(self, mercy: World, analysis: AuditAnalysis) -> None:
        leave(mercy.paula)
        assert registered_jobs()["partnerships.coders"].work("2026-01-01", "") == {"analyses": 1}


def test_the_page_has_the_one_who_left_chosen_already(mercy: World, sign_in: SignIn) -> None:
    programme = make_programme(
        mercy.root, mercy.colin, mercy.eli, make_partnership(mercy.unit, mercy.ada, mercy.mara)
    )
    audit = make_written_audit(mercy, programme, TEXTS)
    make_code(programme, "Trust")
    make_analysis(audit, mercy.paula, mercy.stella, state="coding")
    url = reverse("partnerships:analysis", args=[mercy.slug, programme.pk, audit.pk])
    with tenant_scope(mercy.organization.pk), transaction.atomic():
        leave(mercy.stella)
    colin = sign_in(mercy.colin)
    answer = colin.get(url)
    page, form = answer.content.decode(), answer.context["replace_form"]
    assert "Stella Mercy has left the organisation" in page
    assert page.count(f'action="{url}replace/"') == 1
    assert "Somebody cannot go on" not in page
    typed = {"part": form["part"].initial, "why": form["why"].initial, "person": mercy.olga.email}
    assert typed["part"] == SECOND
    assert colin.post(f"{url}replace/", typed).status_code == 302
    assert "has left the organisation" not in colin.get(url).content.decode()
    assert "has left the organisation" not in sign_in(mercy.ada).get(url).content.decode()


class TestAnAnalysisThatCannotBeFinished:
    def test_it_is_ended_and_another_one_begins(self, mercy: World, analysis: AuditAnalysis) -> None:
        colin = member_of(mercy.colin)
        with pytest.raises(ValidationError, match="Say why"), transaction.atomic():
            end_analysis(analysis, "", by=colin)
        ended = end_analysis(analysis, WHY, by=colin)
        assert (ended.state, ended.ended_on, ended.why) == (AnalysisState.ENDED, timezone.localdate(), WHY)
        assert told()[-1][0] == {mercy.paula.pk, mercy.stella.pk}
        with pytest.raises(ValidationError, match="Meanwhile it is over"), transaction.atomic():
            end_analysis(analysis, WHY, by=colin)
        again = begin_analysis(analysis.audit, mercy.paula, mercy.olga, by=colin)
        assert again.state == AnalysisState.PREPARING
        assert [each.pk for each in AuditAnalysis.objects.order_by("state")] == [ended.pk, again.pk]

    def test_nothing_of_it_is_seen_or_written_any_more(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        code_as(analysis, mercy.paula, {TEXTS[0]: [trust]})
        end_analysis(analysis, WHY, by=member_of(mercy.colin))
        assert seen_by(mercy, mercy.paula) == seen_by(mercy, mercy.stella) == set()
        hers = Coder.objects.get(person=mercy.stella)
        with (
            acting(mercy, mercy.stella),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            Reading.objects.create(coder=hers, quote=comments_of(analysis)[0])

    def test_who_saw_both_codings_does_not_code_it_again(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        code_as(analysis, mercy.paula, {TEXTS[0]: [trust]})
        code_as(analysis, mercy.stella, {})
        colin = member_of(mercy.colin)
        end_analysis(analysis, WHY, by=colin)
        with pytest.raises(ValidationError, match="Stella Mercy has seen both"), transaction.atomic():
            begin_analysis(analysis.audit, mercy.olga, mercy.stella, by=colin)
        again = begin_analysis(analysis.audit, mercy.olga, mercy.henry, by=colin)
        with pytest.raises(ValidationError, match="Paula Mercy has seen both"), transaction.atomic():
            replace_coder(again, FIRST, mercy.paula, WHY, by=colin)

    def test_what_is_told_stays_told(self, mercy: World, analysis: AuditAnalysis, trust: Code) -> None:
        for who in (mercy.paula, mercy.stella):
            code_as(analysis, who, {text: [trust] for text in TEXTS})
        colin = member_of(mercy.colin)
        release_findings(analysis, by=colin)
        for act in (
            lambda: end_analysis(analysis, WHY, by=colin),
            lambda: replace_coder(analysis, FIRST, mercy.olga, WHY, by=colin),
        ):
            with pytest.raises(ValidationError, match="Meanwhile it is over"), transaction.atomic():
                act()


def test_it_is_one_click_away_and_stays_in_the_history(mercy: World, sign_in: SignIn) -> None:
    programme = make_programme(
        mercy.root, mercy.colin, mercy.eli, make_partnership(mercy.unit, mercy.ada, mercy.mara)
    )
    audit = make_written_audit(mercy, programme, TEXTS)
    make_code(programme, "Trust")
    make_analysis(audit, mercy.paula, mercy.stella, state="coding")

    def url(name: str = "") -> str:
        return reverse(f"partnerships:analysis{name}", args=[mercy.slug, programme.pk, audit.pk])

    colin = sign_in(mercy.colin)
    typed = {"part": FIRST, "person": mercy.olga.email, "why": WHY}
    assert "Somebody cannot go on" in colin.get(url()).content.decode()
    assert colin.post(url("_replace"), {**typed, "part": THIRD}).status_code == 422
    assert colin.post(url("_replace"), typed).status_code == 302
    page = colin.get(url()).content.decode()
    assert all(words in page for words in ("Olga Mercy", "Paula Mercy", "First coder until", WHY))
    gone = sign_in(mercy.paula).get(url())
    assert gone.status_code == 410
    page = gone.content.decode()
    assert "You no longer code this analysis" in page
    assert all(words not in page for words in (WHY, "Olga Mercy", "Open the codebook"))
    assert WHY not in sign_in(mercy.olga).get(url()).content.decode()
    colin = sign_in(mercy.colin)
    assert colin.post(url("_end"), {"why": "Nobody has the time"}).status_code == 302
    page = colin.get(url()).content.decode()
    assert all(
        words in page for words in ("Begun before, and not finished", "Nobody has the time", "Ask both")
    )
    inside = sign_in(mercy.ada).get(url()).content.decode()
    assert "Begun before, and not finished" in inside
    assert "Nobody has the time" not in inside
    stella = sign_in(mercy.stella)
    coding = reverse("partnerships:coding", args=[mercy.slug, programme.pk, audit.pk])
    for address in (url(), coding):
        gone = stella.get(address)
        assert gone.status_code == 410
        assert "It was ended on" in gone.content.decode()
    assert sign_in(mercy.aude).get(url()).status_code == 404  # who never coded
