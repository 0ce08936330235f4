"""Another organisation, made up, that told its figures in a file; the organisation tells its own as well."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Final

from insights.exchange import RANGES, Letter, SharedFigure, claims_of
from insights.queries.exchange import own_figures, partners
from insights.services.exchange import add_partner, keep_letter, set_exchange
from insights.services.leadership_quarters import keep_quarters
from passport.badges import Algorithm, make_pair, sign
from people.member import Member

NAME: Final = "Northgate University Hospital"
KEY: Final = "https://northgate.example/keys/1"
PURPOSE: Final = "To see where others are further, and to ask them how. HR and executives read it."
WEEKS_AGO: Final = 3
APART: Final = 0.06  # how far their figures may lie from the own ones, as a part of the range


def fill_exchange(today: dt.date, rng: random.Random, *, by: Member) -> None:
    """After everything that is told; who leads is counted here, as the night does."""
    if partners().exists():
        return
    keep_quarters(on=today)
    set_exchange(is_on=True, purpose=PURPOSE, by=by)
    pair = make_pair(Algorithm.ES256, KEY)
    add_partner(NAME, [pair.public_jwk], by=by)
    theirs = [_other(each, rng) for each in own_figures()]
    letter = Letter(NAME, today - dt.timedelta(weeks=WEEKS_AGO), theirs)
    keep_letter(sign(claims_of(letter), pair), by=by)


def _other(figure: SharedFigure, rng: random.Random) -> SharedFigure:
    least, most = RANGES[figure.measure]
    moved = rng.uniform(-APART, APART) * (most - least)
    low, value, high = (min(max(end + moved, least), most) for end in (figure.low, figure.value, figure.high))
    return replace(figure, n=round(figure.n * rng.uniform(0.7, 1.6)) + 10, low=low, value=value, high=high)
