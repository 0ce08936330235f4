"""What those who code, run or take part in a programme are told. No codes and no words of a comment."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.enums import AnalysisState, CoderPart
from partnerships.models import AuditAnalysis
from people.models import Person
from people.notices import Notice, page_path

ICON = "highlight"


def named(analysis: AuditAnalysis) -> Notice:
    return _notice(
        _("You are asked to code what was written in the cultural audit of “%(title)s”."), analysis
    )


def third(analysis: AuditAnalysis) -> Notice:
    return _notice(_("“%(title)s”: you are asked to decide where two coders differ."), analysis, "settling")


def begun(analysis: AuditAnalysis) -> Notice:
    return _notice(
        _("“%(title)s”: the codebook stands. Code the comments, each of you alone."), analysis, "coding"
    )


def asked(analysis: AuditAnalysis, part: CoderPart) -> Notice:
    """For who takes somebody else's part, however far it has come."""
    if part == CoderPart.THIRD:
        return third(analysis)
    return begun(analysis) if analysis.state == AnalysisState.CODING else named(analysis)


def joined(analysis: AuditAnalysis, person: Person) -> Notice:
    """For who goes on."""
    return _notice(
        _("“%(title)s”: %(name)s codes from now on in somebody else’s place."), analysis, name=person.name
    )


def gone(analysis: AuditAnalysis, person: Person) -> Notice:
    """For whoever runs it: the page has who takes their place."""
    words = _("“%(title)s”: %(name)s, who codes the audit, has left. Name who takes their place.")
    return _notice(words, analysis, name=person.name)


def replaced(analysis: AuditAnalysis) -> Notice:
    """For who leaves: its pages are closed to them."""
    return _farewell(_("“%(title)s”: somebody else codes in your place. Thank you."), analysis)


def ended(analysis: AuditAnalysis) -> Notice:
    """Likewise."""
    return _farewell(
        _("“%(title)s”: the analysis of the audit was ended. Nothing is left to do for you."), analysis
    )


def both_finished(analysis: AuditAnalysis) -> Notice:
    return _notice(_("“%(title)s”: both have coded. See how far you agree, and settle the rest."), analysis)


def released(analysis: AuditAnalysis) -> Notice:
    return _notice(_("“%(title)s”: read what was written in the cultural audit."), analysis, "findings")


def reminder(analysis: AuditAnalysis) -> Notice:
    return _notice(_("“%(title)s”: what was written in the audit still waits for you."), analysis, "findings")


def not_opened(analysis: AuditAnalysis, *, count: int) -> Notice:
    """For whoever runs it."""
    words = _("“%(title)s”: %(count)d have not opened the findings after four weeks. Tell them in person.")
    return _notice(words, analysis, count=count)


def _notice(words: str, analysis: AuditAnalysis, page: str = "analysis", **named: object) -> Notice:
    path = page_path(f"partnerships:{page}", analysis.audit.programme_id, analysis.audit_id)
    return Notice(words % {"title": analysis.audit.programme.title, **named}, path, ICON)


def _farewell(words: str, analysis: AuditAnalysis) -> Notice:
    title = words % {"title": analysis.audit.programme.title}
    return Notice(title, page_path("partnerships:register"), ICON)
