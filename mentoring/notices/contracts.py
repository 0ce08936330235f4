"""What the two sides are told about contract and deliverables. Names; nothing of what they agreed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mentoring.models import Contract, Deliverable
from people.notices import Notice, page_path


def to_sign(contract: Contract, *, by: str) -> Notice:
    title = _("%(name)s signed your mentoring contract. Read it and sign it, or change it.")
    return Notice(title % {"name": by}, _path(contract), "writing-sign")


def changed(contract: Contract, *, by: str) -> Notice:
    title = _("%(name)s changed the mentoring contract you had signed. Read it again.")
    return Notice(title % {"name": by}, _path(contract), "writing-sign")


def in_force(contract: Contract) -> Notice:
    return Notice(_("Your mentoring contract is signed by both of you."), _path(contract), "file-certificate")


def reported(deliverable: Deliverable) -> Notice:
    title = _("%(name)s reports a deliverable as done. Did you see it?")
    mentorship = deliverable.contract.mentorship
    return Notice(title % {"name": mentorship.mentee.name}, _page(deliverable), "list-check")


def attested(deliverable: Deliverable) -> Notice:
    title = _("%(name)s attested your deliverable.")
    mentorship = deliverable.contract.mentorship
    return Notice(title % {"name": mentorship.mentor.name}, _page(deliverable), "list-check")


def sent_back(deliverable: Deliverable) -> Notice:
    title = _("%(name)s would like to see more of a deliverable first.")
    mentorship = deliverable.contract.mentorship
    return Notice(title % {"name": mentorship.mentor.name}, _page(deliverable), "list-check")


def _path(contract: Contract) -> str:
    return page_path("mentoring:contract", contract.mentorship_id)


def _page(deliverable: Deliverable) -> str:
    return page_path("mentoring:mentorship", deliverable.contract.mentorship_id)
