"""What verifiers and holders are told about evidence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from passport.enums import StampState
from passport.models import Award, Stamp
from people.notices import Notice, page_path


def submitted(stamp: Stamp, *, by: str) -> Notice:
    title = _("%(name)s submitted evidence for “%(milestone)s”.")
    return Notice(title % {"name": by, "milestone": stamp.milestone.title}, _path(stamp), "rosette")


def decided(stamp: Stamp, *, by: str) -> Notice:
    """Verified, declined or revoked, and who did it. The words of the verifier stay on the page."""
    title = {
        StampState.VERIFIED: _("%(name)s verified “%(milestone)s”: the stamp is in your Passport."),
        StampState.DECLINED: _(
            "%(name)s asks for more evidence of “%(milestone)s”: what was shown is declined."
        ),
        StampState.REVOKED: _("%(name)s revoked your stamp “%(milestone)s”."),
    }[StampState(stamp.state)]
    icon = "rosette-discount-check" if stamp.state == StampState.VERIFIED else "rosette"
    return Notice(title % {"name": by, "milestone": stamp.milestone.title}, _path(stamp), icon)


def file_refused(stamp: Stamp) -> Notice:
    """That a file was refused; why stays on the page, where another one is handed in."""
    title = _("The file you showed for “%(milestone)s” was refused: hand in another one.")
    return Notice(title % {"milestone": stamp.milestone.title}, _path(stamp), "paperclip")


def badge_revoked(award: Award, *, by: str) -> Notice:
    """Who revoked a badge; the reason stays on the page."""
    title = _("%(name)s revoked your badge “%(milestone)s”.")
    words = title % {"name": by, "milestone": award.stamp.milestone.title}
    return Notice(words, page_path("passport:badges"), "rosette")


def _path(stamp: Stamp) -> str:
    return page_path("passport:milestone", stamp.person_id, stamp.milestone_id)
