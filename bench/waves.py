"""Full waves: an organisation in which 73,000 people are led by 5,000, and its answers."""

from __future__ import annotations

import io
import os

import numpy as np
import psycopg2
from django.utils import timezone

from bench.organizations import analyze
from clinicleader.demo.scale import Scale, make_large_organization
from clinicleader.demo.waves import LEADERS_SD, chance, draw_answers
from people.enums import Role
from people.member import Member
from people.models import RoleGrant
from people.queries import member_for
from surveys.arrays import FloatArray
from surveys.ballot_box import clear_traces
from surveys.models import Instrument, RollEntry, Wave
from surveys.queries import questionnaire_of
from surveys.questionnaire import Questionnaire
from surveys.services.closing import close_wave
from surveys.services.instruments import ensure_built_in_instruments
from surveys.services.waves import open_unasked, write_draft
from tenancy.models import Organization
from tenancy.scope import tenant_transaction

# 5,000 units, each with a leader; everybody else works in one of 4,424 teams.
LED = Scale(
    physicians=10,
    microsystems=4_424,
    positions=5_000,
    cohorts=1,
    quarters=1,
    waves=0,
)
_FILL = """
INSERT INTO surveys_response (id, organization_id, wave_id, unit_id, answers, score, scale_scores)
SELECT gen_random_uuid(), %s, %s, unit_id, answers, score, scale_scores FROM pg_temp.filled
"""


def led_organization() -> Organization:
    organization, _ = make_large_organization("led", tell=lambda _line: None, scale=LED, settle=analyze)
    return organization


def steward() -> Member:
    """Whoever runs the surveys of the organisation in scope."""
    grant = RoleGrant.objects.filter(role=Role.SURVEY_STEWARD).earliest("pk")
    member = member_for(grant.person_id, on=timezone.localdate())
    if member is None:
        raise LookupError("There is no survey steward.")
    return member


def closed_wave(organization: Organization, key: str) -> Wave:
    """A live wave that asked everybody and that everybody answered, closed and mixed. The tables' owner fills
    the box while it is open: through the site that is a benchmark of its own."""
    today = timezone.localdate()
    with tenant_transaction(organization.pk, reason="bench"):
        ensure_built_in_instruments()
        instrument = Instrument.objects.filter(key=key).latest("version")
        wave = write_draft(Wave(instrument=instrument, title=key, opens_on=today, closes_on=today))
        open_unasked(wave, on=today)
        units = list(RollEntry.objects.filter(wave=wave).order_by("id").values_list("unit_id", flat=True))
        questionnaire = questionnaire_of(instrument)
    fill_box(wave, [str(unit) for unit in units], questionnaire)
    with tenant_transaction(organization.pk, reason="bench"):
        close_wave(wave, by=steward())
    clear_traces()
    analyze()
    return wave


def fill_box(wave: Wave, units: list[str], questionnaire: Questionnaire) -> None:
    """A ballot for each of `units`, drawn as the demo draws them, the same in every run."""
    leaders, place = np.unique(np.array(units), return_inverse=True)
    dice = chance(f"publishing {questionnaire.index_items} {len(questionnaire.questions)}")
    answers = draw_answers(dice.normal(0, LEADERS_SD, len(leaders))[place], questionnaire, dice)
    scores = questionnaire.score(answers)
    lines = "".join(
        f"{unit}\t{array(row)}\t{number(score)}\t{array(scales)}\n"
        for unit, row, score, scales in zip(units, answers, scores.score, scores.scales, strict=True)
    )
    owner = psycopg2.connect(os.environ["OWNER_DATABASE_URL"])
    with owner, owner.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE filled "
            "(unit_id uuid, answers smallint[], score float8, scale_scores float8[]) ON COMMIT DROP"
        )
        cursor.copy_expert("COPY pg_temp.filled FROM STDIN", io.StringIO(lines))
        cursor.execute(_FILL, [wave.organization_id, wave.pk])
    owner.close()


def array(values: FloatArray) -> str:
    return "{" + ",".join("NULL" if np.isnan(value) else f"{value:g}" for value in values) + "}"


def number(value: float) -> str:
    return "\\N" if np.isnan(value) else repr(float(value))
