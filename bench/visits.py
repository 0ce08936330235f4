"""Every page of an organisation, each visited by somebody who may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from bench.clinic_visits import OF_LEADERS, OF_SPONSORS, arguments_of_clinic, somebody_to_ask
from bench.mentoring_visits import OF_MENTEES, OF_MENTORS, arguments_of_mentoring, the_run_of_everybody
from bench.organizations import DRAFT_WAVE, OPEN_WAVE
from bench.partnership_visits import arguments_of_partnerships
from clinicleader.demo.pulses import past_quarters
from clinicleader.demo.scale import PARTS
from passport.models import Milestone, Stage, Stamp
from people.models import CohortMembership, Unit
from readiness.models import CoachingTask, Snapshot
from succession.models import Candidacy, Pool, Scenario
from surveys.enums import WaveState
from surveys.models import Debrief, PublishedIndex, Wave
from tenancy.jobs import request_run
from tenancy.models import Membership, Organization, User
from tenancy.scope import tenant_transaction

# In this order: the first who is let in visits the page.
VISITORS = (
    "hr_admin",
    "director",
    "organization_admin",
    "survey_steward",
    "executive",
    "leader",
    "resident",
    "auditor",
)
# Pages about what most people see of themselves are visited by a programme member.
OWN = {"today", "passport:mine", "passport:reads", "surveys:pulses", "surveys:pulse", "people_api:me"}
OWN |= {"passport_api:mine", "readiness_api:mine", "surveys:answer", "mentoring_api:mine"}
OWN |= {f"mentoring:{page}" for page in OF_MENTEES}
OWN |= {f"{room}:{page}" for room in ("sponsors", "sponsors_api") for page in OF_LEADERS}
LEADERS_OWN = {f"{room}:{page}" for room in ("sponsors", "sponsors_api") for page in OF_SPONSORS}
LEADERS_OWN |= {"mentoring_follow_up_api:given", *(f"mentoring:{page}" for page in OF_MENTORS)}
# Pages about a wave that is a draft, and about one that is open; all others are about a published one.
DRAFT_PAGES = ("surveys:wave_plan", "surveys:wave_edit", "surveys:wave_launch")
OPEN_PAGES = ("surveys:wave_run", "surveys:wave_close", "surveys:answer")


@dataclass(frozen=True, slots=True)
class Visit:
    """A page and who opens it."""

    name: str
    address: str
    client: Client
    is_list: bool
    is_html: bool

    def open(self) -> HttpResponseBase:
        response = self.client.get(self.address)
        if response.status_code != 200:
            raise RuntimeError(f"{self.address} answered {response.status_code}.")
        return response


def clients_of(organization: Organization) -> dict[str, Client]:
    """A signed-in browser for each part of the large organisation."""
    users = User.objects.filter(memberships__organization=organization).order_by("pk")
    clients = {}
    for (key, _, _), user in zip(PARTS, users, strict=True):
        clients[key] = Client(raise_request_exception=False)
        clients[key].force_login(user)
    return clients


def resident_of(organization: Organization) -> UUID:
    """The first of those who can sign in: in the programme, and with a long plan."""
    return Membership.objects.filter(organization=organization).order_by("user_id")[0].person_id


def arguments_of(organization: Organization) -> dict[str, object]:
    """For each argument of an address, something that is there and has much to show."""
    resident = resident_of(organization)
    with tenant_transaction(organization.pk, reason="bench"):
        wave = Wave.objects.filter(state=WaveState.PUBLISHED).latest("closes_on")
        cell = (
            PublishedIndex.objects.filter(wave=wave, state="published", leader__isnull=False, depth__gte=1)
            .order_by("-n", "unit_id")
            .first()
        )
        quarter = past_quarters(dt.datetime.now(dt.UTC).date())[-1]
        run = request_run("readiness.recalculation", f"{quarter} bench", by=resident)
        samples = {
            "person_id": resident,
            "unit_id": cell.unit_id if cell else Unit.objects.order_by("path")[0].pk,
            "wave_id": wave.pk,
            "run_id": run.pk,
            "quarter": Snapshot.objects.filter(person=resident).latest("quarter").quarter,
            "stamp_id": Stamp.objects.filter(person=resident).values_list("pk", flat=True).first(),
            "milestone_id": Milestone.objects.order_by("position")[0].pk,
            "stage_id": Stage.objects.order_by("position")[0].pk,
            "task_id": CoachingTask.objects.values_list("pk", flat=True).first(),
            "cohort_id": CohortMembership.objects.filter(person=resident, end_date=None)[0].cohort_id,
            "instrument_id": wave.instrument_id,
            "debrief_id": Debrief.objects.filter(wave=wave).values_list("pk", flat=True).first(),
        }
    return _there(samples)


def arguments_of_rooms(organization: Organization, resident: UUID) -> dict[str, dict[str, object]]:
    """By the name of a room: two rooms call different things a session or a review."""
    with tenant_transaction(organization.pk):
        return {
            "mentoring": _there(arguments_of_mentoring(resident)),
            "sponsors": _there(arguments_of_clinic(resident)),
            "partnerships": _there(arguments_of_partnerships()),
            "succession": _there(arguments_of_succession()),
        }


def arguments_of_succession() -> dict[str, object]:
    """The position that is first on the register, with a candidate, and a simulation if there is one."""
    pool = Pool.objects.order_by("position__title", "pk")[0]
    return {
        "position_id": pool.position_id,
        "candidacy_id": Candidacy.objects.filter(pool=pool).values_list("pk", flat=True).first(),
        "scenario_id": Scenario.objects.values_list("pk", flat=True).first(),
    }


def _there(samples: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in samples.items() if value is not None}


def arguments_of_pages(organization: Organization) -> dict[str, dict[str, object]]:
    """For the pages that are about something else: a wave that is not published, a matching."""
    with tenant_transaction(organization.pk):
        waves = dict(Wave.objects.exclude(state=WaveState.PUBLISHED).values_list("title", "pk"))
        special = the_run_of_everybody() | somebody_to_ask()
    of_state = ((DRAFT_WAVE, DRAFT_PAGES), (OPEN_WAVE, OPEN_PAGES))
    return special | {name: {"wave_id": waves[title]} for title, names in of_state for name in names}


def visits(organization: Organization) -> tuple[list[Visit], list[str]]:
    """The pages that answer 200 to somebody, and the names of those that do not answer a plain GET."""
    clients, arguments = clients_of(organization), arguments_of(organization)
    of_rooms = arguments_of_rooms(organization, resident_of(organization))
    of_pages = arguments_of_pages(organization)
    found, left_out = [], []
    for name, needed in tenant_patterns():
        known = arguments | of_rooms.get(room_of(name), {}) | of_pages.get(name, {})
        address = address_of(name, needed, organization.slug, known)
        visit = _first_let_in(name, address, clients, is_list=not needed) if address else None
        if visit is None:
            left_out.append(name)
        else:
            found.append(visit)
    return found, left_out


def _first_let_in(name: str, address: str, clients: dict[str, Client], *, is_list: bool) -> Visit | None:
    own = {"resident": name in OWN, "leader": name in LEADERS_OWN}
    order = [*(key for key, first in own.items() if first), *VISITORS]
    for key in order:
        response = clients[key].get(address)
        if response.status_code >= 500:
            raise RuntimeError(f"{address} answered {response.status_code} to {key}.")
        if response.status_code == 200:
            html = response.headers.get("Content-Type", "").startswith("text/html")
            return Visit(name, address, clients[key], is_list, html)
    return None


def room_of(name: str) -> str:
    """Of `sponsors:regimen` and `sponsors_api:regimen`."""
    return name.partition(":")[0].partition("_")[0]


def address_of(name: str, needed: Set[str], slug: str, arguments: dict[str, object]) -> str | None:
    if not needed <= arguments.keys():
        return None
    try:
        return reverse(name, kwargs={"slug": slug} | {key: arguments[key] for key in needed})
    except NoReverseMatch:
        return None


def tenant_patterns() -> Iterator[tuple[str, Set[str]]]:
    """Every named address below /o/<slug>/ and /api/v1/o/<slug>/, and what it needs beside the slug."""
    for name, needed in _patterns(get_resolver("clinicleader.urls"), "", set()):
        if "slug" in needed:
            yield name, needed - {"slug"}


def _patterns(resolver: URLResolver, space: str, above: Set[str]) -> Iterator[tuple[str, Set[str]]]:
    for entry in resolver.url_patterns:
        needed = above | entry.pattern.converters.keys()
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, f"{space}{entry.namespace}:" if entry.namespace else space, needed)
        elif entry.name:
            yield space + entry.name, needed


@contextmanager
def queries_of(log: list[tuple[str, object]]) -> Iterator[None]:
    """Collect every statement with its parameters."""

    def wrapper(
        execute: Callable[..., object], sql: str, params: object, many: bool, context: object
    ) -> object:
        log.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield
