"""A contract on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mentoring.models import Contract, Deliverable
from web.pdf import Row, Sheet


def contract_sheet(
    contract: Contract, deliverables: Sequence[Deliverable], titles: Mapping[UUID, str], *, organization: str
) -> Sheet:
    """What the two agreed, what is to come of it, and who signed when."""
    mentorship = contract.mentorship
    agreed: list[Row] = [
        (_("Why we meet"), contract.purpose),
        (_("How often and how"), contract.rhythm),
        (_("What stays between us"), contract.confidentiality),
    ]
    lines: list[Row] = [
        (_("By %(day)s") % {"day": day(each.due_on)}, with_milestone(each, titles)) for each in deliverables
    ]
    signatures: list[Row] = [
        (mentorship.mentor.name, signed(contract.mentor_signed_at)),
        (mentorship.mentee.name, signed(contract.mentee_signed_at)),
    ]
    groups: list[tuple[str, Sequence[Row]]] = [(_("What we agree"), agreed)]
    if lines:
        groups.append((_("What is to come of it"), lines))
    groups.append((_("Signatures"), signatures))
    return Sheet(
        title=_("Mentoring contract"),
        above=str(mentorship.get_tier_display()),
        lead=_("%(mentor)s mentors %(mentee)s")
        % {"mentor": mentorship.mentor.name, "mentee": mentorship.mentee.name},
        head=(_("Part"), _("Words")),
        groups=groups,
        widths=(1, 3),
        notes=(),
        organization=organization,
        made=day(timezone.localdate()),
        facts=[(_("Version"), str(contract.version))],
        page=_("Page"),
        language=(get_language() or "en").partition("-")[0],
        pages=True,
    )


def with_milestone(deliverable: Deliverable, titles: Mapping[UUID, str]) -> str:
    served = titles.get(deliverable.milestone) if deliverable.milestone else None
    if served is None:
        return deliverable.title
    return _("%(title)s (serves “%(milestone)s”)") % {"title": deliverable.title, "milestone": served}


def signed(at: dt.datetime | None) -> str:
    return _("signed on %(day)s") % {"day": day(timezone.localtime(at))} if at else _("not signed yet")


def day(on: dt.date) -> str:
    return date_format(on, "DATE_FORMAT")
