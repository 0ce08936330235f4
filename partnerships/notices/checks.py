"""What partners are told of a check. No scores and no words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.models import PartnershipCheck
from people.notices import Notice, page_path

ICON = "heart-handshake"


def opened(check: PartnershipCheck, *, by: str) -> Notice:
    return _notice(_("%(name)s begins a partnership check: say how it goes between you."), check, by)


def answered(check: PartnershipCheck, *, by: str) -> Notice:
    return _notice(_("%(name)s has answered the partnership check: it opens when you have."), check, by)


def revealed(check: PartnershipCheck) -> Notice:
    return _notice(_("All have answered the partnership check: read it together."), check)


def called_off(check: PartnershipCheck) -> Notice:
    return _notice(_("The partnership check was called off."), check)


def reminder(check: PartnershipCheck) -> Notice:
    return _notice(_("The partnership check still waits for your answer."), check)


def _notice(title: str, check: PartnershipCheck, by: str = "") -> Notice:
    path = page_path("partnerships:check", check.partnership_id, check.pk)
    return Notice(title % {"name": by} if by else title, path, ICON)
