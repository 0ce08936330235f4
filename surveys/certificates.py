"""A release's certificate in plain words. No queries."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.coding import LEAST_RANGE
from surveys.engagement_gap import fewest_of_each
from surveys.models import ReleaseCertificate
from web.numbers import decimal


def certificate_sentences(certificate: ReleaseCertificate) -> list[str]:
    """What was attacked before anything was shown, what came of it, and what that means for an answer."""
    figures = {
        "answers": decimal(certificate.answers, 0),
        "regions": decimal(certificate.regions, 0),
    }
    return [
        _(
            "Before anything was shown, the site attacked its own results as a curious colleague would,"
            " also one who knows an own answer: %(answers)s answers, in %(regions)s groups of people that"
            " no figure parts."
        )
        % figures,
        *_kept(certificate),
        _coarsened(certificate.coarsened),
        *_gaps(certificate),
    ]


def assurance_sentences(certificate: ReleaseCertificate) -> list[str]:
    """The same for those who answered: what it means for an answer, and no figure of the survey."""
    return [
        _(
            "Before any result was shown to anybody, the site tried to work out single answers from all of"
            " them together, as a curious colleague would, also one who knows an own answer."
        ),
        *_kept(certificate),
        _("What would have given an answer away is shown coarser or not at all."),
    ]


def _kept(certificate: ReleaseCertificate) -> list[str]:
    """What holds of every release that has a certificate."""
    figures = {"steps": LEAST_RANGE, "k": certificate.threshold}
    return [
        _("Nobody's answer to a question can be narrowed down to fewer than %(steps)d steps of its scale.")
        % figures,
        _("No figure is about fewer than %(k)d people, nor can such a group be worked out.") % figures,
    ]


def _coarsened(count: int) -> str:
    if not count:
        return _("No figure had to be made coarser for that.")
    return ngettext(
        "For that, one figure is shown coarser or not at all.",
        "For that, %(count)s figures are shown coarser or not at all.",
        count,
    ) % {"count": decimal(count, 0)}


def _gaps(certificate: ReleaseCertificate) -> list[str]:
    """Nothing where leaders and the led were not compared."""
    told, withheld = certificate.gaps, certificate.gaps_withheld
    if not told + withheld:
        return []
    words = _(
        "How engaged leaders and the led are was tried for %(tried)s units: it is told for %(told)s, and for"
        " none from which a group of fewer than %(k)d leaders or led could be worked out."
    )
    figures = {"tried": decimal(told + withheld, 0), "told": decimal(told, 0)}
    return [words % (figures | {"k": fewest_of_each(certificate.threshold)})]
