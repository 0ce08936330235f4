"""What those who code, run or take part in a programme are told. No codes and no words of a comment."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.models import AuditAnalysis
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


def _notice(words: str, analysis: AuditAnalysis, page: str = "analysis", *, count: int = 0) -> Notice:
    path = page_path(f"partnerships:{page}", analysis.audit.programme_id, analysis.audit_id)
    return Notice(words % {"title": analysis.audit.programme.title, "count": count}, path, ICON)
