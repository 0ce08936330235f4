"""Leader index: one wave of 73,000 responses among 730,000, in 5,000 units.

The raw scan is one sum over the same rows through the same covering index, as the tables' owner, without row
security. The index is the definer function that the publisher calls: count, sum and sum of squares by unit.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import psycopg2
from django.db import connection

from bench.figures import Figure
from bench.measuring import peak_memory, times_in_turn
from people.enums import Role
from people.member import Member
from people.models import Person, RoleGrant, Unit
from people.queries import member_for
from surveys.arrays import FloatArray
from surveys.ballots import insert_responses
from surveys.built_in import LEADER_INDEX
from surveys.enums import WaveState
from surveys.import_plan import ItemColumn, plan_new_instrument
from surveys.models import Instrument, PublishedIndex, Wave
from surveys.queries import questionnaire_of
from surveys.services.closing import close_wave
from surveys.services.imports import Terms, apply_import, name_columns, receive_file
from surveys.services.instruments import ensure_built_in_instruments
from surveys.services.publishing import publish_wave
from tenancy.copy import copy_rows
from tenancy.models import Organization
from tenancy.scope import tenant_transaction

RESPONSES, WAVES, SITES, UNITS = 73_000, 10, 23, 5_000
TODAY = dt.date(2026, 11, 22)
RAW_SCAN = "SELECT sum(score) FROM surveys_response WHERE organization_id = %s AND wave_id = %s"
TREND = """
SELECT wave_id, sum(n), sum(n * mean) / sum(n) FROM surveys_publishedindex
WHERE wave_id = ANY (%s::uuid[]) AND lowest GROUP BY wave_id
"""
SPECIAL = {"id": "gen_random_uuid()", "wave_id": "%s"}
TEN_YEARS = (
    "SELECT sum(score) FROM surveys_response WHERE organization_id = %s AND wave_id = ANY (%s::uuid[])"
)


class _Ground:
    """An organisation of Mayo's size with ten closed waves. The first is published; the next eight get
    its published cells again, which is as many rows; the last is for the clock."""

    def __init__(self) -> None:
        self.owner = psycopg2.connect(os.environ["OWNER_DATABASE_URL"])
        self.owner.autocommit = True
        self.rng = np.random.default_rng(1)
        self.organization = Organization.objects.create(slug=f"bench-{uuid.uuid4().hex[:8]}", name="Bench")
        with self.inside():
            ensure_built_in_instruments()
            self.instrument = Instrument.objects.get(key=LEADER_INDEX.key)
            self.units = self._make_units()
            self.steward = self._make_steward()
        self.waves = [self._make_wave(year) for year in range(WAVES)]
        with self.owner.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE surveys_response")  # as autovacuum would have done

    def inside(self) -> contextlib.AbstractContextManager[Any]:
        return tenant_transaction(self.organization.pk)

    def _make_units(self) -> list[uuid.UUID]:
        root = uuid.uuid4()
        rows: list[Sequence[object]] = []
        rows.append((root, "ROOT", "Clinic", "organisation", None, f"/{root.hex}/", 0))
        sites = [uuid.uuid4() for _ in range(SITES)]
        for number, site in enumerate(sites):
            rows.append((site, f"S{number}", f"Site {number}", "site", root, f"/{root.hex}/{site.hex}/", 1))
        leaves = [uuid.uuid4() for _ in range(UNITS)]
        for number, leaf in enumerate(leaves):
            site = sites[number % SITES]
            path = f"/{root.hex}/{site.hex}/{leaf.hex}/"
            rows.append((leaf, f"U{number}", f"Unit {number}", "department", site, path, 2))
        copy_rows(Unit, ["id", "external_id", "name", "kind", "parent_id", "path", "depth"], rows)
        return leaves

    def _make_steward(self) -> Member:
        person = Person.objects.create(
            external_id="P1",
            given_name="Stella",
            family_name="Bench",
            unit_id=self.units[0],
            start_date=dt.date(2020, 1, 1),
        )
        RoleGrant.objects.create(person=person, role=Role.SURVEY_STEWARD)
        member = member_for(person.pk, on=TODAY)
        if member is None:
            raise RuntimeError("The steward is not there.")
        return member

    def answers(self) -> tuple[list[uuid.UUID], FloatArray]:
        """Everybody's unit and twelve answers: teams and people differ."""
        team = self.rng.integers(0, UNITS, RESPONSES)
        level = self.rng.normal(3.6, 0.4, UNITS)[team] + self.rng.normal(0, 0.7, RESPONSES)
        drawn = np.rint(level[:, np.newaxis] + self.rng.normal(0, 0.7, (RESPONSES, 12)))
        return [self.units[unit] for unit in team.tolist()], np.clip(drawn, 1, 5)

    def _make_wave(self, year: int) -> Wave:
        units, answers = self.answers()
        with self.inside():
            wave = self.open_wave(f"Survey {2017 + year}", 2017 + year)
            insert_responses(wave, units, answers, questionnaire_of(self.instrument).score(answers))
            close_wave(wave, by=self.steward)
        if year == 0:
            with self.inside():
                publish_wave(wave, by=self.steward)
            self.first = wave
        elif year < WAVES - 1:
            with self.inside(), connection.cursor() as cursor:
                columns = [str(field.column) for field in PublishedIndex._meta.local_fields]
                values = [SPECIAL.get(column, column) for column in columns]
                cursor.execute(
                    f"INSERT INTO surveys_publishedindex ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608 - names of columns
                    "FROM surveys_publishedindex WHERE wave_id = %s",
                    [wave.pk, self.first.pk],
                )
        return wave

    def open_wave(self, title: str, year: int) -> Wave:
        return Wave.objects.create(
            instrument=self.instrument,
            title=title,
            opens_on=dt.date(year, 9, 1),
            closes_on=dt.date(year, 9, 30),
            scale_low=12,
            scale_high=60,
            state=WaveState.OPEN,
            imported=True,
        )

    def raw(self, sql: str, *arguments: object) -> None:
        with self.owner.cursor() as cursor:
            cursor.execute(sql, arguments)
            cursor.fetchall()

    def ask(self, sql: str, *arguments: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, arguments)
            cursor.fetchall()


def measure() -> Iterator[Figure]:
    """Ratios to the raw scan; then import and publication of a wave."""
    ground = _Ground()
    yield from _index(ground)
    yield from _import(ground)
    yield from _publication(ground)


def _index(ground: _Ground) -> Iterator[Figure]:
    last, before = str(ground.waves[-1].pk), ground.waves[-2].pk
    organization, every = ground.organization.pk, [str(wave.pk) for wave in ground.waves]

    def stored() -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE stored AS SELECT * FROM surveys_index_sums(%s)", [last])
            cursor.execute("DROP TABLE stored")

    raw, index, kept, fetched, read, trend, ten_years = times_in_turn(
        lambda: ground.raw(RAW_SCAN, organization, last),
        lambda: ground.ask("SELECT count(*), sum(n) FROM surveys_index_sums(%s)", last),
        stored,
        lambda: ground.ask("SELECT * FROM surveys_index_sums(%s)", last),
        lambda: list(PublishedIndex.objects.filter(wave=before).values_list("unit_id", "n", "mean")),
        lambda: ground.ask(TREND, every),
        lambda: ground.raw(TEN_YEARS, organization, every),
        runs=15,
        between=ground.inside,
    )
    note = "both answer with one row; the raw scan is one sum over the same rows of the covering index"
    yield Figure.of_times(
        "index of 73,000 responses / raw scan with one sum", raw, index, target=2.2, limit=4, note=note
    )
    yield Figure.of_times("the same with results stored / raw scan", raw, kept, target=4, limit=7)
    yield Figure.of_times(
        "the same with its 5,000 rows brought into Python / raw scan", raw, fetched, target=None, limit=None
    )
    yield Figure.of_times(
        "published index of a wave, read by Django / raw scan", raw, read, target=None, limit=None
    )
    yield Figure.of_times(
        "ten years from published cells / raw scan of ten years", ten_years, trend, target=0.3, limit=1
    )


def _import(ground: _Ground) -> Iterator[Figure]:
    units, answers = ground.answers()
    with ground.inside():
        scores = questionnaire_of(ground.instrument).score(answers)
    lines = _copy_lines(ground, units, answers, scores.score.tolist(), scores.scales.tolist())
    with ground.owner.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (LIKE surveys_response INCLUDING INDEXES)")

    def bare() -> None:
        with ground.owner.cursor() as cursor:
            cursor.copy_expert("COPY bench_bare FROM STDIN", io.StringIO(lines))

    def ours() -> None:
        wave = ground.open_wave(f"Timed {uuid.uuid4()}", 2026)
        insert_responses(wave, units, answers, scores)

    @contextlib.contextmanager
    def fresh() -> Iterator[None]:
        with contextlib.suppress(_Undo), ground.inside():
            yield
            raise _Undo
        with ground.owner.cursor() as cursor:
            cursor.execute("TRUNCATE bench_bare")

    base, own = times_in_turn(bare, ours, runs=3, between=fresh)
    with ground.owner.cursor() as cursor:
        cursor.execute("DROP TABLE bench_bare")
    yield Figure.of_times(
        "73,000 responses into the database / bare COPY with the same indexes",
        base,
        own,
        target=2,
        limit=4,
        note="ours also checks the composite keys, row security and the wave's state, and shuffles",
    )


class _Undo(Exception):  # noqa: N818 - ends a transaction, is no error
    pass


def _copy_lines(
    ground: _Ground,
    units: Sequence[uuid.UUID],
    answers: FloatArray,
    scores: Sequence[float],
    scales: Sequence[Sequence[float]],
) -> str:
    """The same rows as a COPY stream, ready beforehand; in the order of the table's columns."""
    with ground.owner.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'surveys_response'::regclass AND attnum > 0 "
            "ORDER BY attnum"
        )
        columns = [name for (name,) in cursor.fetchall()]
    wave = ground.waves[0].pk
    lines = []
    for unit, row, score, parts in zip(units, answers.astype(int).tolist(), scores, scales, strict=True):
        values = {
            "id": uuid.uuid4(),
            "organization_id": ground.organization.pk,
            "wave_id": wave,
            "unit_id": unit,
            "answers": "{" + ",".join(map(str, row)) + "}",
            "score": score,
            "scale_scores": "{" + ",".join(map(str, parts)) + "}",
        }
        lines.append("\t".join(str(values[name]) for name in columns))
    return "\n".join(lines) + "\n"


def _publication(ground: _Ground) -> Iterator[Figure]:
    def publish() -> None:
        with ground.inside():
            publish_wave(ground.waves[-1], by=ground.steward)

    def import_file() -> None:
        units, answers = ground.answers()
        with ground.inside():
            codes = dict(Unit.objects.values_list("id", "external_id"))
            head = "name,unit," + ",".join(f"q{n}" for n in range(12))
            rows = "\n".join(
                f"Person {number},{codes[unit]}," + ",".join(str(int(answer)) for answer in row)
                for number, (unit, row) in enumerate(zip(units, answers.tolist(), strict=True))
            )
            items = [ItemColumn(f"q{n}", "index", "leadership", 1, 5) for n in range(12)]
            terms = Terms("From a file", dt.date(2016, 1, 1), dt.date(2016, 2, 1), 5, None, None)
            file = io.BytesIO(f"{head}\n{rows}\n".encode())
            received = receive_file(file, "answers.csv", terms, by=ground.steward)
            name_columns(received, plan_new_instrument("Imported", "unit", items), by=ground.steward)
            apply_import(received, by=ground.steward)

    yield Figure.of_number(
        "memory of publishing the wave",
        peak_memory(publish),
        unit="MiB",
        target=None,
        limit=None,
        note="5,000 units with every figure of theirs",
    )
    yield Figure.of_number(
        "memory of importing and publishing a file of 73,000",
        peak_memory(import_file),
        unit="MiB",
        target=None,
        limit=None,
    )
