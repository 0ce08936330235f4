"""What those who go through a partnership programme are told. Its name and what is next."""

from __future__ import annotations

from django.utils.translation import gettext as _

from partnerships.models import PartnershipProgramme
from people.notices import Notice, page_path

ICON = "route"


def begun(programme: PartnershipProgramme) -> Notice:
    return _notice(_("You take part in the partnership programme “%(title)s”: see the year."), programme)


def led(programme: PartnershipProgramme) -> Notice:
    return _notice(_("You run the partnership programme “%(title)s”."), programme)


def _notice(title: str, programme: PartnershipProgramme) -> Notice:
    return Notice(title % {"title": programme.title}, page_path("partnerships:programme", programme.pk), ICON)
