"""What published studies found about leader behaviour and staff wellbeing: facts for the evidence card.

Only what was checked against the papers. Association, not cause; no study is turned into a forecast for
anybody's immediate leader. Sources with their limits: docs/statistics.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Study:
    """One paper: who was asked, with which instrument, and what went together with what."""

    source: str
    population: str | Promise
    instrument: str | Promise
    finding: str | Promise


STUDIES = (
    Study(
        "Shanafelt et al. 2015, Mayo Clinic Proceedings 90, 432",
        _("2,813 of 3,896 physicians and scientists of one organisation"),
        _("12 dimensions, five answers, sum 12 to 60"),
        _(
            "Each point went with a 3.3 % lower likelihood of burnout and a 9.0 % higher likelihood of "
            "satisfaction with the organisation."
        ),
    ),
    Study(
        "Dyrbye et al. 2020, Mayo Clinic Proceedings 95, 698",
        _("39,896 of 57,414 employees of one organisation who are not physicians"),
        _("Items about the immediate supervisor"),
        _(
            "Each point went with 7 % lower odds of burnout and 11 % higher odds of satisfaction with the "
            "organisation. These are odds, not rates."
        ),
    ),
    Study(
        "Dyrbye et al. 2021, Mayo Clinic Proceedings",
        _("1,795 of 3,698 physicians of one organisation, asked again after two years"),
        _("9 items, sum 9 to 45"),
        _("Each point went with 2 % lower odds of burnout two years later (odds ratio 0.98, 0.96 to 0.99)."),
    ),
    Study(
        "Mete et al. 2022, BMJ Open",
        _("5,416 attending physicians of 11 organisations; 45 % answered"),
        _("Participatory management index, in thirds"),
        _(
            "Top against bottom third: odds ratio 5.8 for fulfilment, 0.52 for burnout, 0.34 for the intent "
            "to leave."
        ),
    ),
)
