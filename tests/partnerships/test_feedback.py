"""What was found reaches everybody who takes part."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from partnerships.enums import AuditPoint
from partnerships.models import AuditAnalysis, Code, Feedback, Partnership, PartnershipProgramme, ToldTheme
from partnerships.queries.findings import FeedbackFigures, feedback_figures, themes_told, to_tell_in_person
from partnerships.services.audits import detach_audit
from partnerships.services.findings import note_opened, note_spoken, release_findings, remind_of_findings
from tenancy.scope import tenant_scope
from tests.due import due_items
from tests.factories.analyses import (
    code_as,
    make_analysis,
    make_code,
    make_feedback,
    make_theme,
    make_written_audit,
)
from tests.factories.partnerships import make_programme
from tests.members import member_of
from tests.notices import told
from tests.world import World

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def programme(mercy: World, dyad: Partnership) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


@pytest.fixture
def released(mercy: World, programme: PartnershipProgramme) -> AuditAnalysis:
    audit = make_written_audit(mercy, programme, ["A", "B", "C", "D", "E"])
    return make_analysis(audit, mercy.paula, mercy.stella, state="released", released_on=TODAY, comments=5)


class TestFeedback:
    def test_who_reads_it_has_had_it(self, mercy: World, released: AuditAnalysis) -> None:
        for person in (mercy.ada, mercy.mara):
            make_feedback(released, person)
        due = due_items("partnerships", member_of(mercy.ada), mercy.slug, TODAY)
        assert [item.title for item in due] == ["Read what you all wrote in the audit"]
        note_opened(released, by=member_of(mercy.ada))
        note_opened(released, by=member_of(mercy.henry))  # was not told, and is not counted
        assert feedback_figures(released) == FeedbackFigures(told=2, opened=1, spoken=0, had=1)
        assert not due_items("partnerships", member_of(mercy.ada), mercy.slug, TODAY)

    def test_reminded_each_week_and_then_told_in_person(self, mercy: World, released: AuditAnalysis) -> None:
        make_feedback(released, mercy.mara)
        days = {6: 0, 7: 1, 8: 0, 14: 1, 21: 1, 28: 0, 29: 0}
        assert {day: remind_of_findings(on=TODAY + day * DAY) for day in days} == days
        assert [to for to, _title in told()] == [*[{mercy.mara.pk}] * 3, {mercy.colin.pk}]
        assert told()[-1][1].startswith("“Leading together”: 1 have not opened")

    def test_whoever_runs_it_tells_the_last_ones(self, mercy: World, released: AuditAnalysis) -> None:
        mara = make_feedback(released, mercy.mara, told_on=TODAY - 28 * DAY)
        make_feedback(released, mercy.ada, told_on=TODAY - 27 * DAY)
        assert list(to_tell_in_person(released, on=TODAY)) == [mara]
        with pytest.raises(PermissionDenied):
            note_spoken(mara, by=member_of(mercy.ada))
        note_spoken(mara, by=member_of(mercy.colin))
        assert feedback_figures(released) == FeedbackFigures(told=2, opened=0, spoken=1, had=1)
        with pytest.raises(ValidationError, match="had it already"):
            note_spoken(mara, by=member_of(mercy.colin))
        assert not Feedback.objects.filter(pk=mara.pk, opened_on__isnull=False)


def test_an_audit_that_is_analysed_stays(mercy: World, released: AuditAnalysis) -> None:
    with pytest.raises(ValidationError, match="it stays"):
        detach_audit(released.audit, by=member_of(mercy.colin))


class TestStartAndEnd:
    def release(
        self, mercy: World, programme: PartnershipProgramme, which: AuditPoint, given: dict[Code, int], n: int
    ) -> AuditAnalysis:
        """Of `n` comments the first so many have a code."""
        texts = [f"{which} {number}" for number in range(n)]
        found = make_analysis(
            make_written_audit(mercy, programme, texts, which), mercy.paula, mercy.stella, state="coding"
        )
        codes = {
            text: [code for code, count in given.items() if number < count]
            for number, text in enumerate(texts)
        }
        for person in (mercy.paula, mercy.stella):
            code_as(found, person, codes)
        with tenant_scope(mercy.organization.pk, actor_id=mercy.colin.pk):
            return release_findings(found, by=member_of(mercy.colin))

    def test_themes_are_compared_with_n_and_interval(
        self, mercy: World, programme: PartnershipProgramme
    ) -> None:
        trust, rota, other = (
            make_code(programme, name, theme=make_theme(programme, f"Theme {name}"))
            for name in ("Trust", "Rota", "Other")
        )
        self.release(mercy, programme, AuditPoint.START, {trust: 20, rota: 12, other: 3}, 24)
        assert themes_told(programme).shifts == []
        self.release(mercy, programme, AuditPoint.END, {trust: 6, rota: 3}, 24)
        found = {each.name: each for each in themes_told(programme).shifts}
        assert {name: (each.before, each.after) for name, each in found.items()} == {
            "Theme Trust": (20, 6),
            "Theme Rota": (12, None),
        }
        change = found["Theme Trust"].change
        assert change is not None
        assert change.change == pytest.approx(-14 / 24)
        assert change.is_clear
        assert found["Theme Rota"].change is None

    def test_a_theme_of_other_codes_is_not_compared(
        self, mercy: World, programme: PartnershipProgramme
    ) -> None:
        theme = make_theme(programme)
        trust = make_code(programme, "Trust", theme=theme)
        self.release(mercy, programme, AuditPoint.START, {trust: 8}, 10)
        words = make_code(programme, "Kept words", theme=theme)
        self.release(mercy, programme, AuditPoint.END, {trust: 6, words: 6}, 10)
        (found,) = themes_told(programme).shifts
        assert (found.before, found.after, found.change, found.same_codes) == (8, 6, None, False)

    def test_small_themes_stand_together_without_names(
        self, mercy: World, programme: PartnershipProgramme
    ) -> None:
        a, b = (make_code(programme, name, theme=make_theme(programme, f"Theme {name}")) for name in "ab")
        texts = [str(number) for number in range(7)]
        found = make_analysis(
            make_written_audit(mercy, programme, texts), mercy.paula, mercy.stella, state="coding"
        )
        for person in (mercy.paula, mercy.stella):
            code_as(found, person, {text: [a] if int(text) < 4 else [b] for text in texts})
        with tenant_scope(mercy.organization.pk, actor_id=mercy.colin.pk):
            release_findings(found, by=member_of(mercy.colin))
        assert [(each.name, each.theme, each.comments) for each in ToldTheme.objects.all()] == [("", None, 7)]
