"""Who answered what? Tried after the close with everything the application's role and the tables' owner have:
places and transactions of rows, times, keys, statistics, audit trail, job ledger, outbox, cache and logs.

Each attack is shown to work where a safeguard is taken away.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg2
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.test import Client

from clinicleader.celery import app as celery
from people.models import Person
from surveys.ballot_box import CLEARED, clear_tallies, clear_traces, close_box, take_gap_sums
from surveys.ballot_links import ballot_path
from surveys.models import RollEntry, Wave
from tenancy.jobs.registry import find_job
from tenancy.models import AuditEntry, JobRun, JobStep, Organization, OutboxMessage
from tenancy.scope import tenant_transaction
from tests.factories.people import make_person, make_unit
from tests.factories.surveys import make_engagement_instrument, make_live_wave, make_short_instrument

VOTERS = 40
LEADERS = 12
# Each voter's answers are unlike any other's, so a ballot that is found in its place is a person's.
ANSWERS = [(1 + n % 5, 1 + n // 5 % 5, 1 + n // 25) for n in range(VOTERS)]
REMARK = "remark-of-voter-{}"

Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Poll:
    """A wave in which forty people answered one after the other, each in a request of their own."""

    organization: Organization
    wave: Wave
    voters: list[Person]
    owner: Callable[..., Rows]
    asks: tuple[str, ...] = ("q1", "q2", "burnout")

    def given(self, number: int) -> list[int]:
        """By the voter in this place."""
        return [*ANSWERS[number], ANSWERS[number][0]][: len(self.asks)]


@pytest.fixture
def owner(owner_url: str) -> Iterator[Callable[..., Rows]]:
    """SQL as the tables' owner, whom row security does not bind."""
    connected = psycopg2.connect(owner_url)
    connected.autocommit = True

    def run(sql: str, *arguments: object) -> Rows:
        with connected.cursor() as cursor:
            cursor.execute(sql, arguments)
            return list(cursor.fetchall()) if cursor.description else []

    yield run
    connected.close()


@pytest.fixture
def poll(committed_organization: Organization, owner: Callable[..., Rows]) -> Poll:
    organization = committed_organization
    unit = make_unit(organization)
    voters = [make_person(organization, f"Voter{n}", unit) for n in range(VOTERS)]
    with tenant_transaction(organization.pk):
        wave = make_live_wave(make_short_instrument(organization), {unit: voters}, closes_on="2999-12-31")
    return Poll(organization, wave, voters, owner)


@pytest.fixture
def compared(committed_organization: Organization, owner: Callable[..., Rows]) -> Poll:
    """The same with twelve leaders among the forty, whose engagement is compared with that of the led."""
    organization = committed_organization
    unit = make_unit(organization)
    voters = [make_person(organization, f"Voter{n}", unit) for n in range(VOTERS)]
    with tenant_transaction(organization.pk):
        instrument = make_engagement_instrument(organization)
        leaders = voters[:LEADERS]
        wave = make_live_wave(instrument, {unit: voters}, leaders=leaders, closes_on="2999-12-31")
    return Poll(organization, wave, voters, owner, ("q1", "q2", "engagement-1", "engagement-2"))


def vote(poll: Poll, away: Collection[Person] = ()) -> None:
    """In the order of the list, over HTTP, each request its own transaction; some stay away."""
    with tenant_transaction(poll.organization.pk):
        entries = {entry.person_id: entry for entry in RollEntry.objects.filter(wave=poll.wave)}
    client = Client()
    for number, person in enumerate(poll.voters):
        if person in away:
            continue
        answers = dict(zip(poll.asks, poll.given(number), strict=True))
        link = ballot_path(poll.organization, entries[person.pk])
        sent = client.post(link, answers | {"comment": REMARK.format(number)})
        assert "Your answers are in" in sent.content.decode()


def close(poll: Poll) -> None:
    with tenant_transaction(poll.organization.pk):
        close_box(poll.wave)
    clear_traces()


def found_in_order(poll: Poll, order: str, table: str = "surveys_response") -> int:
    """How many ballots (or comments) lie at the place of the voter who sent them, in an order of the rows."""
    column = "answers" if table == "surveys_response" else "text"
    rows = poll.owner(f"SELECT {column} FROM {table} WHERE wave_id = %s ORDER BY {order}", str(poll.wave.pk))
    truth = (
        [poll.given(n) for n in range(VOTERS)]
        if column == "answers"
        else [REMARK.format(n) for n in range(VOTERS)]
    )
    assert sorted(map(str, truth)) == sorted(str(row[0]) for row in rows)  # nothing lost, nothing doubled
    return sum(row[0] == given for row, given in zip(rows, truth, strict=True))


# One place in forty is right by chance; ten or more in one of 10^7 closes.
BY_CHANCE = 9

EMPTY_AFTER_THE_CLOSE = (
    *("surveys_wavekey", "surveys_participation"),
    *("surveys_pendingballot", "surveys_pendingcomment"),
)


@pytest.mark.parametrize("table", ["surveys_response", "surveys_comment"])
def test_neither_place_nor_transaction_nor_key_tells_the_order(poll: Poll, table: str) -> None:
    vote(poll)
    close(poll)
    for order in ("ctid", "xmin::text::bigint, ctid", "id", "ctid DESC"):
        assert found_in_order(poll, order, table) <= BY_CHANCE
    written = poll.owner(
        f"SELECT count(DISTINCT xmin::text), count(DISTINCT cmin::text) FROM {table} WHERE wave_id = %s",
        str(poll.wave.pk),
    )
    assert written == [(1, 1)]


@contextmanager
def without_mixing(poll: Poll) -> Iterator[None]:
    """The functions of the database as they would be if nobody had thought of the order."""
    names = ("surveys_mix", "surveys_close_wave")
    before = [str(poll.owner("SELECT pg_get_functiondef(%s::regproc)", name)[0][0]) for name in names]
    try:
        for definition in before:
            assert "ORDER BY gen_random_uuid()" in definition
            poll.owner(definition.replace("ORDER BY gen_random_uuid()", "").replace("%", "%%"))
        yield
    finally:
        for definition in before:
            poll.owner(definition.replace("%", "%%"))


def test_without_mixing_the_same_attack_finds_everybody(poll: Poll) -> None:
    with without_mixing(poll):
        vote(poll)
        close(poll)
    assert found_in_order(poll, "ctid") > VOTERS // 2


def test_while_a_wave_is_open_ballots_come_to_lie_in_tens(poll: Poll) -> None:
    vote(poll)
    batches = poll.owner(
        "SELECT count(*) FROM surveys_response WHERE wave_id = %s GROUP BY xmin", str(poll.wave.pk)
    )
    assert batches == [(10,)] * 4
    assert found_in_order(poll, "ctid") <= BY_CHANCE + 8  # within its ten each is right by chance once in ten


def test_key_nullifiers_and_everything_pending_are_gone_after_the_close(poll: Poll) -> None:
    vote(poll)
    assert poll.owner("SELECT count(*) FROM surveys_participation WHERE wave_id = %s", str(poll.wave.pk)) == [
        (VOTERS,)
    ]
    close(poll)
    for table in EMPTY_AFTER_THE_CLOSE:
        assert poll.owner(f"SELECT count(*) FROM {table} WHERE wave_id = %s", str(poll.wave.pk)) == [(0,)]
        # Cleared as well: not even a deleted row's space is left.
        assert poll.owner("SELECT pg_relation_size(%s)", table) == [(0,)]


def test_what_an_older_transaction_kept_from_being_cleared_is_cleared_at_night(
    poll: Poll, owner_url: str
) -> None:
    """A backup that runs while a wave is closed holds the space of its key and nullifiers."""
    vote(poll)
    with psycopg2.connect(owner_url) as backup, backup.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM surveys_wavekey")
        close(poll)
        assert poll.owner("SELECT pg_relation_size('surveys_wavekey')") != [(0,)]
    with tenant_transaction(poll.organization.pk):
        find_job("surveys.clear_traces").work("2026-11-22", "all")
    for table in EMPTY_AFTER_THE_CLOSE:
        assert poll.owner("SELECT pg_relation_size(%s)", table) == [(0,)]


def test_no_column_behind_the_box_holds_a_person_a_time_or_a_number_in_sequence(poll: Poll) -> None:
    columns = poll.owner(
        "SELECT table_name, column_name, data_type, column_default, is_identity "
        "FROM information_schema.columns WHERE table_name = ANY (%s)",
        list(CLEARED),
    )
    assert {str(name) for _table, name, *_ in columns} == {
        *("id", "organization_id", "wave_id", "unit_id", "answers", "score", "scale_scores", "text"),
        *("key", "nullifier"),
        *("leads", "block_id", "n", "total"),  # of what waits, and of sums
    }
    assert {kind for _t, _n, kind, *_ in columns} & {"timestamp with time zone", "date", "time"} == set()
    assert [row for row in columns if row[3] is not None or row[4] == "YES"] == []


def test_answering_leaves_nothing_in_trail_ledger_outbox_broker_or_cache(
    poll: Poll, caplog: pytest.LogCaptureFixture
) -> None:
    def everything() -> set[tuple[str, str]]:
        with tenant_transaction(poll.organization.pk):
            kept = {
                (model.__name__, str(key))
                for model in (AuditEntry, JobRun, JobStep, OutboxMessage)
                for key in model.objects.values_list("pk", flat=True)
            }
        with celery.connection_for_read() as broker:
            queue = broker.default_channel.client
            lists = {(key, queue.llen(key)) for key in queue.keys("*") if queue.type(key) == b"list"}
        fast = caches["fast"]._cache.get_client()  # type: ignore[attr-defined]
        return (
            kept | {("queue", str(each)) for each in lists} | {("cache", str(key)) for key in fast.keys("*")}
        )

    before = everything()
    caplog.set_level(logging.DEBUG)
    vote(poll)
    assert everything() - before == set()  # what other tests left in the cache may expire meanwhile
    for number, person in enumerate(poll.voters):
        assert REMARK.format(number) not in caplog.text
        assert str(person.pk) not in caplog.text
    close(poll)
    with tenant_transaction(poll.organization.pk):
        trail = json.dumps(list(AuditEntry.objects.values("table_name", "key", "change")), default=str)
    assert "surveys_response" not in trail
    assert "remark-of-voter" not in trail


def test_sessions_and_messages_do_not_say_who_answered(poll: Poll) -> None:
    """By the link nobody signs in, so no session begins; nothing is put into one."""
    count = poll.owner("SELECT count(*) FROM django_session")
    vote(poll)
    assert poll.owner("SELECT count(*) FROM django_session") == count
    assert settings.SESSION_SAVE_EVERY_REQUEST is False


def test_the_application_asks_in_vain_who_has_answered_once_it_is_closed(poll: Poll) -> None:
    vote(poll)
    close(poll)
    with tenant_transaction(poll.organization.pk, actor_id=poll.voters[0].pk), connection.cursor() as cursor:
        cursor.execute("SELECT surveys_has_answered(%s)", [poll.wave.pk])
        assert cursor.fetchall() == [(None,)]
        cursor.execute("SELECT * FROM surveys_to_remind(%s)", [poll.wave.pk])
        assert cursor.fetchall() == []


READS = (
    "surveys_answer_counts(%s, 2)",
    "surveys_index_sums(%s)",
    "surveys_scale_sums(%s)",
    "surveys_comments(%s)",
)


def test_a_close_that_is_rolled_back_tells_nothing(poll: Poll) -> None:
    """Closing, reading and going back after each ballot would give each ballot alone."""
    vote(poll)
    for read in READS:
        with tenant_transaction(poll.organization.pk), connection.cursor() as cursor:
            with transaction.atomic():  # a savepoint does not make it another transaction
                close_box(poll.wave)
            with pytest.raises(DatabaseError, match="only between closing and"), transaction.atomic():
                cursor.execute(f"SELECT * FROM {read}", [poll.wave.pk])
            transaction.set_rollback(True)
    close(poll)
    for read in READS:
        with tenant_transaction(poll.organization.pk), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {read}", [poll.wave.pk])
            assert cursor.fetchall()


@pytest.mark.parametrize("state", ["closed", "published"])
def test_the_application_cannot_end_a_wave_without_destroying_its_key(poll: Poll, state: str) -> None:
    vote(poll)
    with tenant_transaction(poll.organization.pk), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
            cursor.execute("UPDATE surveys_wave SET state = %s WHERE id = %s", [state, poll.wave.pk])
        cursor.execute("UPDATE surveys_wave SET closed_in = 1 WHERE id = %s", [poll.wave.pk])
    assert poll.owner("SELECT state, closed_in FROM surveys_wave WHERE id = %s", str(poll.wave.pk)) == [
        ("open", None)
    ]


def test_watching_the_counters_while_people_answer_shows_tens_alone(poll: Poll) -> None:
    """Everything the application's role may read of a wave, before and after each of fifteen ballots."""
    seen = set()
    with tenant_transaction(poll.organization.pk):
        entries = {entry.person_id: entry for entry in RollEntry.objects.filter(wave=poll.wave)}
    client = Client()
    for person, given in list(zip(poll.voters, ANSWERS, strict=True))[:15]:
        client.post(
            ballot_path(poll.organization, entries[person.pk]),
            dict(zip(("q1", "q2", "burnout"), given, strict=True)),
        )
        with tenant_transaction(poll.organization.pk), connection.cursor() as cursor:
            cursor.execute("SELECT surveys_turnout(%s)", [poll.wave.pk])
            seen.add(cursor.fetchone()[0])
            for table in ("surveys_publishedindex", "surveys_publisheditem", "surveys_publishedscale"):
                cursor.execute(f"SELECT count(*) FROM {table} WHERE wave_id = %s", [poll.wave.pk])
                assert cursor.fetchone() == (0,)
            for sums in ("surveys_index_sums(%s)", "surveys_scale_sums(%s)", "surveys_comments(%s)"):
                with pytest.raises(DatabaseError, match="only between closing"), transaction.atomic():
                    cursor.execute(f"SELECT * FROM {sums}", [poll.wave.pk])
    assert seen == {0, 10}


def engagement_of(number: int) -> float:
    """Of the voter in this place."""
    return (ANSWERS[number][2] + ANSWERS[number][0]) / 2


def tallies(poll: Poll) -> Rows:
    return poll.owner(
        "SELECT leads, n, total FROM surveys_gaptally WHERE wave_id = %s ORDER BY leads", str(poll.wave.pk)
    )


def test_sums_of_leaders_and_led_grow_by_tens_and_are_written_anew_at_the_close(compared: Poll) -> None:
    vote(compared)
    assert compared.owner(
        "SELECT sum(n) FROM surveys_gaptally WHERE wave_id = %s", str(compared.wave.pk)
    ) == [(VOTERS,)]
    close(compared)
    leaders, led = range(LEADERS), range(LEADERS, VOTERS)
    assert tallies(compared) == [
        (leads, len(side), pytest.approx(sum(map(engagement_of, side))))
        for leads, side in ((False, led), (True, leaders))
    ]
    written = compared.owner(
        "SELECT count(DISTINCT xmin::text), count(DISTINCT cmin::text) FROM surveys_gaptally "
        "WHERE wave_id = %s",
        str(compared.wave.pk),
    )
    assert written == [(1, 1)]
    kept = compared.owner("SELECT count(*) FROM surveys_pendingballot")
    assert kept == [(0,)]


def test_once_the_sums_are_taken_out_not_even_their_space_is_left(compared: Poll) -> None:
    vote(compared)
    close(compared)
    with tenant_transaction(compared.organization.pk):
        assert len(take_gap_sums(compared.wave)) == 2
    clear_tallies()
    assert compared.owner("SELECT pg_relation_size('surveys_gaptally')") == [(0,)]


def test_whether_somebody_leads_stands_on_the_roll_and_beside_no_answer(compared: Poll) -> None:
    """Beside answers only while they wait."""
    tables = compared.owner("SELECT table_name FROM information_schema.columns WHERE column_name = 'leads'")
    assert {str(name) for (name,) in tables} == {
        *("surveys_rollentry", "surveys_pendingballot", "surveys_gaptally"),
    }
    vote(compared)
    close(compared)
    columns = compared.owner(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'surveys_response'"
    )
    assert {str(name) for (name,) in columns} == {
        *("id", "organization_id", "wave_id", "unit_id", "answers", "score", "scale_scores")
    }
    for order in ("ctid", "xmin::text::bigint, ctid", "id"):
        assert found_in_order(compared, order) <= BY_CHANCE


def test_the_sums_fit_every_ballot_as_a_leaders_and_as_a_leds(compared: Poll) -> None:
    """The tables' owner has all ballots and both sums: for each there are twelve with it, and twelve without
    it, that make the leaders' sum."""
    vote(compared)
    close(compared)
    (_led, _n, _rest), (_leads, n, total) = tallies(compared)
    ballots = compared.owner(
        "SELECT (2 * scale_scores[2])::int FROM surveys_response WHERE wave_id = %s", str(compared.wave.pk)
    )
    doubled = [int(str(score)) for (score,) in ballots]
    wanted = int(str(n)), round(2 * float(str(total)))
    for place, score in enumerate(doubled):
        others = reachable(doubled[:place] + doubled[place + 1 :])
        assert wanted in others
        assert (wanted[0] - 1, wanted[1] - score) in others


def reachable(scores: list[int]) -> set[tuple[int, int]]:
    """How many of some scores make which sums, up to all leaders."""
    found = {(0, 0)}
    for score in scores:
        found |= {(n + 1, total + score) for n, total in found if n < LEADERS}
    return found


def test_a_leader_who_answered_alone_is_in_no_sum(compared: Poll) -> None:
    vote(compared, away=compared.voters[1:LEADERS])
    close(compared)
    assert tallies(compared) == []


def test_without_settling_the_sums_that_leader_is_read_off(compared: Poll) -> None:
    settled = compared.owner("SELECT pg_get_functiondef('surveys_settle_tallies'::regproc)")
    try:
        compared.owner(
            "CREATE OR REPLACE FUNCTION surveys_settle_tallies(organization bigint, wave uuid) RETURNS void "
            "LANGUAGE sql AS ''"
        )
        vote(compared, away=compared.voters[1:LEADERS])
        close(compared)
    finally:
        compared.owner(str(settled[0][0]).replace("%", "%%"))
    assert (True, 1, engagement_of(0)) in tallies(compared)
