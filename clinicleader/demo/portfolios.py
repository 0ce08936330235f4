"""Research portfolios of the members. The DOIs are of the prefix that Crossref keeps for examples."""

from __future__ import annotations

import datetime as dt
import random

from clinicleader.demo.programmes import Programmes
from clinicleader.demo.staff import Person
from passport.enums import PublicationKind
from passport.models import Publication

ABOUT = (
    "Handover at night: what residents leave out",
    "Waiting times after a second ward round",
    "Who speaks first in the theatre briefing",
    "A checklist for discharge before noon",
    "Costs of a repeated scan, by referral path",
    "Sleep, rotas and prescribing errors",
    "What patients remember of consent",
    "Time to antibiotics after a triage change",
)
WHERE = (
    "Journal of Examples in Medicine",
    "Annals of Invented Rounds",
    "Proceedings of No Meeting",
)
MOST = 5  # of one person


def fill_portfolios(programmes: Programmes, today: dt.date, rng: random.Random) -> None:
    """Some have published much, some nothing yet."""
    rows = []
    for place, person in enumerate(programmes.members()):
        for at, title in enumerate(rng.sample(ABOUT, rng.randrange(MOST + 1))):
            rows.append(_publication(person, title, f"10.5555/{today.year}.{place}.{at}", today, rng))
    Publication.objects.bulk_create(rows)


def _publication(person: Person, title: str, doi: str, today: dt.date, rng: random.Random) -> Publication:
    kind = rng.choice((PublicationKind.ARTICLE, PublicationKind.ARTICLE, PublicationKind.CONFERENCE))
    return Publication(
        person_id=person.id,
        kind=kind,
        title=title,
        authors=f"{person.given} {person.family}; and others",
        venue=rng.choice(WHERE),
        year=today.year - rng.randrange(1, 6),
        doi=doi,
    )
