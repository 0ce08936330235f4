"""Coding what was written in an audit: two who are independent, and what becomes of their differences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from partnerships.enums import AnalysisState
from partnerships.models import (
    AuditAnalysis,
    Code,
    Coder,
    Feedback,
    Partnership,
    PartnershipProgramme,
    ProgrammeAudit,
    Reading,
    ToldQuote,
    ToldTheme,
)
from partnerships.queries.coding import comments_of, outcome_of, readings_of
from partnerships.services.analyses import (
    begin_analysis,
    begin_coding,
    finish_coding,
    give_opinion,
    name_third,
    read_comment,
)
from partnerships.services.findings import release_findings
from people.models import Person
from surveys.promise import promise
from tenancy.models import AuditEntry
from tenancy.scope import tenant_scope
from tests.factories.analyses import (
    analysis_as_loaded,
    code_as,
    make_analysis,
    make_code,
    make_theme,
    make_written_audit,
)
from tests.factories.partnerships import make_audit, make_audit_wave, make_programme
from tests.factories.surveys import make_short_instrument, make_wave
from tests.members import member_of
from tests.notices import told
from tests.world import World

TEXTS = [f"Comment {number}" for number in range(8)]


@pytest.fixture
def programme(mercy: World, dyad: Partnership) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


@pytest.fixture
def audit(mercy: World, programme: PartnershipProgramme) -> ProgrammeAudit:
    return make_written_audit(mercy, programme, TEXTS)


@pytest.fixture
def trust(programme: PartnershipProgramme) -> Code:
    return make_code(programme, "Trust")


@pytest.fixture
def rota(programme: PartnershipProgramme) -> Code:
    return make_code(programme, "Rota")


@pytest.fixture
def analysis(mercy: World, audit: ProgrammeAudit, trust: Code, rota: Code) -> AuditAnalysis:
    """Paula and Stella code."""
    return make_analysis(audit, mercy.paula, mercy.stella, state="coding")


@contextmanager
def acting(world: World, person: Person) -> Iterator[None]:
    with tenant_scope(world.organization.pk, actor_id=person.pk):
        yield


def seen_by(world: World, person: Person | None) -> set[UUID]:
    """Whose readings PostgreSQL shows: no filter of ours between."""
    with tenant_scope(world.organization.pk, actor_id=person.pk if person else None):
        return set(Reading.objects.values_list("coder__person_id", flat=True))


class TestTheWall:
    """Two coders are independent whatever the pages ask for."""

    def test_neither_sees_the_others_codes_before_both_have_finished(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        code_as(analysis, mercy.paula, {TEXTS[0]: [trust]})
        with acting(mercy, mercy.stella):
            read_comment(analysis, comments_of(analysis)[0], [], by=member_of(mercy.stella))
        assert seen_by(mercy, mercy.paula) == {mercy.paula.pk}
        assert seen_by(mercy, mercy.stella) == {mercy.stella.pk}
        for other in (mercy.henry, mercy.eli, mercy.colin, mercy.olga, None):
            assert seen_by(mercy, other) == set()

    def test_both_see_both_when_both_have_finished(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        code_as(analysis, mercy.paula, {TEXTS[0]: [trust]})
        code_as(analysis, mercy.stella, {})
        both = {mercy.paula.pk, mercy.stella.pk}
        assert seen_by(mercy, mercy.paula) == seen_by(mercy, mercy.stella) == both

    def test_a_state_that_says_too_much_opens_nothing(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        code_as(analysis, mercy.paula, {TEXTS[0]: [trust]})
        AuditAnalysis.objects.update(state=AnalysisState.SETTLING)
        assert seen_by(mercy, mercy.stella) == set()

    def test_who_says_to_have_finished_without_reading_opens_nothing(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        code_as(analysis, mercy.paula, {TEXTS[0]: [trust]})
        with acting(mercy, mercy.stella):
            assert Coder.objects.filter(person=mercy.stella).update(finished_at=timezone.now()) == 1
        assert seen_by(mercy, mercy.stella) == set()

    def test_nobody_finishes_for_somebody_else(self, mercy: World, analysis: AuditAnalysis) -> None:
        with acting(mercy, mercy.paula):
            assert Coder.objects.filter(person=mercy.stella).update(finished_at=timezone.now()) == 0
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                Coder.objects.update(person=mercy.paula)
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                Coder.objects.filter(person=mercy.stella)._raw_delete("default")

    def test_nobody_codes_for_somebody_else(self, mercy: World, analysis: AuditAnalysis) -> None:
        hers = Coder.objects.get(person=mercy.stella)
        with (
            acting(mercy, mercy.paula),
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
        ):
            Reading.objects.create(coder=hers, quote=comments_of(analysis)[0])

    def test_what_is_handed_in_stays(self, mercy: World, analysis: AuditAnalysis, trust: Code) -> None:
        code_as(analysis, mercy.paula, {})
        with acting(mercy, mercy.paula):
            assert Reading.objects.update(codes=[trust.pk]) == 0
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                Reading.objects.all()._raw_delete("default")

    def test_the_trail_has_no_codes(self, mercy: World, analysis: AuditAnalysis, trust: Code) -> None:
        code_as(analysis, mercy.paula, {TEXTS[0]: [trust]})
        changes = AuditEntry.objects.filter(table_name="partnerships_reading").values_list(
            "change", flat=True
        )
        assert {change["codes"] for change in changes} == {"redacted"}


def test_who_answers_is_told_who_reads_their_comment(mercy: World, programme: PartnershipProgramme) -> None:
    said = {
        wave.threshold: [str(clause.words) for clause in promise(wave)]
        for wave in (
            make_audit_wave(mercy, mercy.ada, threshold=7),
            make_wave(make_short_instrument(mercy.organization)),
        )
    }
    assert ["Themes of at least 7 people" in words for words in said[7]].count(True) == 1
    assert not any("theme" in words for words in said[5])


class TestBeginning:
    def test_two_are_named_and_told(self, mercy: World, audit: ProgrammeAudit) -> None:
        made = begin_analysis(audit, mercy.paula, mercy.stella, by=member_of(mercy.colin))
        assert [(each.person, each.part) for each in made.coders_by_part] == [
            (mercy.paula, "first"),
            (mercy.stella, "second"),
        ]
        assert made.state == AnalysisState.PREPARING
        assert [to for to, _title in told()] == [{mercy.paula.pk, mercy.stella.pk}]
        with pytest.raises(ValidationError, match="analysed already"):
            begin_analysis(audit, mercy.paula, mercy.stella, by=member_of(mercy.colin))

    @pytest.mark.parametrize("who", ["ada", "mara", "paula", "olga"])
    def test_by_whoever_runs_the_programme(self, mercy: World, audit: ProgrammeAudit, who: str) -> None:
        with pytest.raises(PermissionDenied):
            begin_analysis(audit, mercy.paula, mercy.stella, by=member_of(mercy.people[who]))

    def test_coders_are_two_and_do_not_take_part(self, mercy: World, audit: ProgrammeAudit) -> None:
        by = member_of(mercy.colin)
        with pytest.raises(ValidationError, match="name another one"):
            begin_analysis(audit, mercy.paula, mercy.paula, by=by)
        with pytest.raises(ValidationError, match="Ada Mercy takes part"):
            begin_analysis(audit, mercy.paula, mercy.ada, by=by)

    def test_only_of_what_is_published_and_enough(
        self, mercy: World, programme: PartnershipProgramme
    ) -> None:
        few = make_written_audit(mercy, programme, TEXTS[:4])
        by = member_of(mercy.colin)
        with pytest.raises(ValidationError, match="fewer than 5"):
            begin_analysis(few, mercy.paula, mercy.stella, by=by)
        other = make_programme(mercy.root, mercy.colin, mercy.eli, title="3")
        fresh = make_written_audit(mercy, other, TEXTS, published_days_ago=6)
        with pytest.raises(ValidationError, match="read what was written first"):
            begin_analysis(fresh, mercy.paula, mercy.stella, by=by)
        running = make_audit(
            make_programme(mercy.root, mercy.colin, mercy.eli, title="2"), make_audit_wave(mercy, mercy.ada)
        )
        with pytest.raises(ValidationError, match="not published"):
            begin_analysis(running, mercy.paula, mercy.stella, by=by)

    def test_coding_begins_with_a_codebook(self, mercy: World, audit: ProgrammeAudit) -> None:
        made = make_analysis(audit, mercy.paula, mercy.stella)
        with pytest.raises(ValidationError, match="codebook is empty"):
            begin_coding(made, by=member_of(mercy.paula))
        make_code(audit.programme, "Trust")
        assert begin_coding(made, by=member_of(mercy.paula)).state == AnalysisState.CODING
        assert [to for to, _title in told()] == [{mercy.stella.pk}]
        with pytest.raises(ValidationError, match="moved on"):
            begin_coding(made, by=member_of(mercy.paula))


class TestCoding:
    def test_codes_are_several_or_none_and_may_change(
        self, mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code
    ) -> None:
        one, two = comments_of(analysis)[:2]
        with acting(mercy, mercy.paula):
            by = member_of(mercy.paula)
            read_comment(analysis, one, [trust.pk, rota.pk], by=by)
            read_comment(analysis, two, [trust.pk], by=by)
            read_comment(analysis, two, [], by=by)
            own = analysis.coders_by_part[0]
            assert readings_of(own) == {one.pk: {trust.pk, rota.pk}, two.pk: frozenset()}

    def test_only_the_two_code(self, mercy: World, analysis: AuditAnalysis) -> None:
        for who in (mercy.colin, mercy.henry, mercy.ada):
            with acting(mercy, who), pytest.raises(PermissionDenied):
                read_comment(analysis, comments_of(analysis)[0], [], by=member_of(who))

    def test_only_codes_of_the_codebook_and_comments_of_the_audit(
        self, mercy: World, analysis: AuditAnalysis, programme: PartnershipProgramme
    ) -> None:
        retired = make_code(programme, "Old", retired_on=timezone.localdate())
        elsewhere = make_code(make_programme(mercy.root, mercy.colin, mercy.eli, title="2"), "Theirs")
        other = make_written_audit(mercy, elsewhere.programme, TEXTS)
        stranger = make_analysis(other, mercy.paula, mercy.stella, state="coding")
        with acting(mercy, mercy.paula):
            by = member_of(mercy.paula)
            for code in (retired, elsewhere):
                with pytest.raises(ValidationError, match="not in the codebook"):
                    read_comment(analysis, comments_of(analysis)[0], [code.pk], by=by)
            with pytest.raises(ValidationError, match="another survey"):
                read_comment(analysis, comments_of(stranger)[0], [], by=by)

    def test_nobody_finishes_before_the_last_comment(self, mercy: World, analysis: AuditAnalysis) -> None:
        with acting(mercy, mercy.paula):
            read_comment(analysis, comments_of(analysis)[0], [], by=member_of(mercy.paula))
            with pytest.raises(ValidationError, match="7 are left"):
                finish_coding(analysis, by=member_of(mercy.paula))

    def test_the_second_one_opens_both(self, mercy: World, analysis: AuditAnalysis) -> None:
        code_as(analysis, mercy.paula, {})
        with acting(mercy, mercy.paula), pytest.raises(ValidationError, match="You have finished"):
            finish_coding(analysis, by=member_of(mercy.paula))
        assert analysis_as_loaded(analysis).state == AnalysisState.CODING
        code_as(analysis, mercy.stella, {})
        assert analysis_as_loaded(analysis).state == AnalysisState.SETTLING
        assert [to for to, _title in told()] == [{mercy.paula.pk, mercy.colin.pk}]


class TestSettling:
    @pytest.fixture
    def coded(self, mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code) -> AuditAnalysis:
        """Both give trust to the first five; Paula alone the rota to the sixth."""
        both = {text: [trust] for text in TEXTS[:5]}
        code_as(analysis, mercy.paula, both | {TEXTS[5]: [rota]})
        code_as(analysis, mercy.stella, both)
        return analysis_as_loaded(analysis)

    def differing(self, analysis: AuditAnalysis) -> UUID:
        return next(each.pk for each in comments_of(analysis) if each.text == TEXTS[5])

    def test_agreement_is_by_code_and_in_all(
        self, mercy: World, coded: AuditAnalysis, trust: Code, rota: Code
    ) -> None:
        with acting(mercy, mercy.paula):
            found = outcome_of(coded)
        assert found.by_code[trust.pk].kappa == 1
        assert (found.by_code[rota.pk].kappa, found.by_code[rota.pk].observed) == (0, 7 / 8)
        assert (found.overall.n, found.overall.observed) == (16, 15 / 16)
        assert found.differ == {(self.differing(coded), rota.pk): "first"}

    def test_both_agree(self, mercy: World, coded: AuditAnalysis, rota: Code) -> None:
        quote = self.differing(coded)
        for who, has_code in ((mercy.paula, True), (mercy.stella, False), (mercy.stella, True)):
            with acting(mercy, who):
                give_opinion(coded, quote, rota.pk, has_code=has_code, by=member_of(who))
        found = outcome_of(coded).consensus
        assert found.is_complete
        assert found.codes[quote] == {rota.pk}

    def test_or_a_third_decides(self, mercy: World, coded: AuditAnalysis, rota: Code) -> None:
        quote = self.differing(coded)
        for who in (mercy.henry, mercy.colin):
            with acting(mercy, who), pytest.raises(PermissionDenied):
                give_opinion(coded, quote, rota.pk, has_code=False, by=member_of(who))
        name_third(coded, mercy.henry, by=member_of(mercy.colin))
        with acting(mercy, mercy.henry):
            give_opinion(coded, quote, rota.pk, has_code=False, by=member_of(mercy.henry))
        assert outcome_of(coded).consensus.codes[quote] == frozenset()

    def test_a_third_is_somebody_else(self, mercy: World, coded: AuditAnalysis) -> None:
        for who, words in ((mercy.paula, "has coded already"), (mercy.mara, "takes part")):
            with pytest.raises(ValidationError, match=words):
                name_third(coded, who, by=member_of(mercy.colin))
        name_third(coded, mercy.henry, by=member_of(mercy.colin))
        with pytest.raises(ValidationError, match="a third reader already"):
            name_third(coded, mercy.olga, by=member_of(mercy.colin))

    def test_where_they_agree_nothing_is_settled(
        self, mercy: World, coded: AuditAnalysis, trust: Code
    ) -> None:
        with acting(mercy, mercy.paula), pytest.raises(ValidationError, match="do not differ"):
            give_opinion(coded, self.differing(coded), trust.pk, has_code=True, by=member_of(mercy.paula))

    def test_nothing_is_told_before_it_is_settled(self, mercy: World, coded: AuditAnalysis) -> None:
        with acting(mercy, mercy.colin), pytest.raises(ValidationError, match="differ in 1 place"):
            release_findings(coded, by=member_of(mercy.colin))


class TestTelling:
    @pytest.fixture
    def settled(self, mercy: World, analysis: AuditAnalysis, trust: Code, rota: Code) -> AuditAnalysis:
        """Six write of trust, two of the rota."""
        given = {text: [trust] for text in TEXTS[:6]} | {text: [rota] for text in TEXTS[6:]}
        for code, name in ((trust, "Trust"), (rota, "Rotas")):
            code.theme = make_theme(analysis.audit.programme, f"Theme {name}")
            code.save()
        code_as(analysis, mercy.paula, given)
        code_as(analysis, mercy.stella, given)
        return analysis_as_loaded(analysis)

    def test_themes_of_fewer_are_not_even_named(self, mercy: World, settled: AuditAnalysis) -> None:
        with acting(mercy, mercy.colin):
            kept = release_findings(settled, by=member_of(mercy.colin))
        assert [(each.name, each.comments) for each in ToldTheme.objects.all()] == [("Theme Trust", 6)]
        shown = list(ToldQuote.objects.order_by("position").values_list("quote__text", flat=True))
        assert sorted(shown) == TEXTS[:6]
        assert (kept.comments, kept.kappa, kept.observed) == (8, 1, 1)

    def test_everybody_who_takes_part_is_told_at_once(self, mercy: World, settled: AuditAnalysis) -> None:
        with acting(mercy, mercy.colin):
            release_findings(settled, by=member_of(mercy.colin))
        everybody = {mercy.ada.pk, mercy.mara.pk, mercy.eli.pk}
        assert set(Feedback.objects.values_list("person_id", flat=True)) == everybody
        assert told()[-1][0] == everybody

    def test_it_is_released_once_and_stays(self, mercy: World, settled: AuditAnalysis) -> None:
        with acting(mercy, mercy.colin):
            release_findings(settled, by=member_of(mercy.colin))
            with pytest.raises(ValidationError, match="only once"):
                release_findings(settled, by=member_of(mercy.colin))
            with pytest.raises(DatabaseError), transaction.atomic():
                ToldTheme.objects.update(name="Better")

    def test_only_whoever_runs_it_releases(self, mercy: World, settled: AuditAnalysis) -> None:
        for who in (mercy.paula, mercy.ada):
            with acting(mercy, who), pytest.raises(PermissionDenied):
                release_findings(settled, by=member_of(who))

    def test_of_too_few_everywhere_nothing_is_released(
        self, mercy: World, analysis: AuditAnalysis, trust: Code
    ) -> None:
        trust.theme = make_theme(analysis.audit.programme)
        trust.save()
        for who in (mercy.paula, mercy.stella):
            code_as(analysis, who, {text: [trust] for text in TEXTS[:4]})
        with acting(mercy, mercy.colin), pytest.raises(ValidationError, match="No theme"):
            release_findings(analysis, by=member_of(mercy.colin))
