"""Who may choose or see whom, as the sources have it: a row an actor, what they may and what they may not.

Each line is tried on the pages, as that person. What belongs to other rooms is tried there: ballots and unit
reports in tests/surveys, exposure and ratings in tests/mentoring, small cells in tests/attack, partnerships
without consent in tests/partnerships.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from passport.models import Stamp
from sponsors.enums import Aspect, Domain, Relation
from sponsors.services.intake import Remark, answer_request, close_round
from surveys.queries import reports_about
from tenancy.scope import Scope
from tests.conftest import signed_in
from tests.factories.conferences import make_conference, make_diagnosis
from tests.factories.passport import find_milestone, make_presets
from tests.factories.people import make_line
from tests.factories.readiness import make_index, make_snapshot
from tests.factories.sponsors import (
    make_action,
    make_competency,
    make_goal,
    make_intake,
    make_intake_request,
    make_review,
    make_seat,
    make_sponsor,
    make_sponsorship,
    make_version,
)
from tests.members import member_of
from tests.world import World

TODAY = timezone.localdate()
SENTENCE, PRIVATE, OTHER_DOMAIN = "Waits to be asked.", "Quiet doubts", "Speaks too fast."


@dataclass
class Clinic:
    """Ada's: Olga sponsors her, Mara leads her, Colin looks after finance, Eli after coaching. Aude led her
    once and Stella works with her: both were asked what they see."""

    world: World
    things: dict[str, Any] = field(default_factory=dict)

    def get(self, who: str, name: str, *arguments: object) -> tuple[int, str]:
        answer = signed_in(self.world.people[who]).get(self._url(name, arguments))
        return answer.status_code, answer.content.decode()

    def post(self, who: str, name: str, *arguments: object, **body: object) -> int:
        return signed_in(self.world.people[who]).post(self._url(name, arguments), body).status_code

    def _url(self, name: str, arguments: tuple[object, ...]) -> str:
        name = name if ":" in name else f"sponsors:{name}"
        return reverse(name, args=[self.world.slug, *(self.things.get(str(one), one) for one in arguments)])


Try = Callable[[Clinic, str], bool]


def opens(name: str, *arguments: object) -> Try:
    def attempt(clinic: Clinic, who: str) -> bool:
        status, _words = clinic.get(who, name, *arguments)
        assert status in {200, 403, 404}
        return status == 200

    return attempt


def reads(words: str, name: str, *arguments: object) -> Try:
    return lambda clinic, who: words in clinic.get(who, name, *arguments)[1]


def does(name: str, *arguments: object, **body: object) -> Try:
    """What it posts is done, and the page goes on."""
    return lambda clinic, who: clinic.post(who, name, *arguments, **body) == 302


def reads_any(words: str) -> Try:
    """Anywhere in the clinic of Ada."""
    pages = ("chart", "intake", "regimen", "reviews", "team")
    return lambda clinic, who: any(words in clinic.get(who, page, "ada")[1] for page in pages)


CONFERENCE = ("ada", "conference")
DIAGNOSIS = (*CONFERENCE, "diagnosis")
PLAN = {
    "goal": "",
    "title": "Chair",
    "kind": "project",
    "need": "To be heard",
    "hours": "8",
    "start_on": TODAY.isoformat(),
    "due_on": TODAY.isoformat(),
    "reason": "Why",
    "revision": "1",
}


def changes(action: str, **fields: str) -> Try:
    """An action, as a whole form."""

    def attempt(clinic: Clinic, who: str) -> bool:
        body = {**PLAN, "goal": str(clinic.things["goal"]), **fields}
        return clinic.post(who, "action_edit", "ada", action, **body) == 302

    return attempt


# (source, actor) -> who it is here, what they may, what they may not.
TABLE: dict[str, tuple[tuple[str, ...], dict[str, Try], dict[str, Try]]] = {
    "emerging leader": (
        ("ada",),
        {
            "chooses the primary sponsor": does("ask", "paula", why="You ask well."),
            "sees every diagnosis": reads(OTHER_DOMAIN, "conference", *CONFERENCE),
            "answers a diagnosis": does("diagnosis_ask", *DIAGNOSIS, words="When?"),
            "acknowledges it": does("diagnosis_acknowledge", *DIAGNOSIS),
            "owns the Passport": opens("passport:person", "ada"),
            "shares the Passport with a conference": opens("conference_records", *CONFERENCE),
            "lets an outcome into it": does("action_to_passport", "ada", "attested"),
            "lets the team read what is private": does("action_release", "ada", "private"),
        },
        {
            "sees who was asked about her": reads_any("Stella Mercy"),
            "sees who of the raters wrote what": reads_any("Aude Mercy"),
            "writes own diagnoses": opens("diagnosis_new", *CONFERENCE),
            "attests her own outcome": does("action_attest", "ada", "done", seen="x"),
            "changes the plan herself": changes("shared"),
        },
    ),
    "primary sponsor": (
        ("olga",),
        {
            "convenes specialists": opens("team", "ada"),
            "gathers assessment": opens("intake", "ada"),
            "reads what was said": reads(SENTENCE, "intake", "ada"),
            "changes the regimen": changes("shared"),
            "changes what is private": changes("private", private="on"),
        },
        {
            "opens the Passport for it": opens("passport:person", "ada"),
            "reads the score of a person": opens("readiness:person", "ada"),
            "lets go what is private": does("action_release", "ada", "private"),
            "moves it up by planning": changes("private"),
            "puts an outcome into the Passport": does("action_to_passport", "ada", "attested"),
        },
    ),
    "current manager": (
        ("mara",),
        {
            "monitors together with the sponsor": opens("review", "ada", "review"),
            "adjusts the plan": changes("shared"),
            "is held accountable": reads("Ada Mercy", "caseload"),
            "has the two lists of the intake": reads("Listening", "chart", "ada"),
        },
        {
            "reads what is private": reads_any(PRIVATE),
            "opens what is private": opens("action_progress", "ada", "private"),
            "reads what was said": reads_any(SENTENCE),
            "sees a result before the leader had it a week": opens("surveys:report", "wave", "unit"),
            "runs the intake": opens("intake_answer", "asked"),
        },
    ),
    "former managers, coworkers": (
        ("aude", "stella"),
        {"contribute when invited": opens("intake_answer", "asked {who}")},
        {
            "see the file": opens("chart", "ada"),
            "see the regimen": opens("regimen", "ada"),
            "see the conference": opens("conference", *CONFERENCE),
            "see what others said": opens("intake", "ada"),
            "answer for somebody else": opens("intake_answer", "asked"),
        },
    ),
    "specialist": (
        ("colin",),
        {
            "diagnoses": opens("diagnosis_new", *CONFERENCE),
            "adjusts the own domain": changes("finance", domain="finance"),
        },
        {
            "sees a diagnosis of another domain": reads(OTHER_DOMAIN, "conference", *CONFERENCE),
            "sees an action of another domain": opens("action_progress", "ada", "shared"),
            "takes an action into another domain": changes("finance", domain="coaching"),
            "sees what is private": reads_any(PRIVATE),
            "opens the intake": opens("intake", "ada"),
            "opens a review": opens("review", "ada", "review"),
        },
    ),
    "HR admin": (
        ("henry",),
        {
            "configures competencies": opens("competency_new"),
            "configures reviews": opens("review_rule"),
            "sees how many have a sponsor": opens("overview"),
        },
        {
            "reads a regimen": opens("regimen", "ada"),
            "reads a diagnosis": opens("conference", *CONFERENCE),
            "reads what was said": opens("intake", "ada"),
            "edits a plan": changes("shared"),
            "names a sponsor for her": does("sponsorship_accept", "sponsorship"),
        },
    ),
    "programme director": (
        ("paula",),
        {
            "filters the cohort": opens("readiness:cohorts"),
            "reviews what is overdue": opens("accountability"),
            "sees that the clinic runs": opens("chart", "ada"),
        },
        {
            "sees single answers": reads_any(SENTENCE),
            "reads the question of a conference": reads("What keeps her", "chart", "ada"),
            "reads the regimen": opens("regimen", "ada"),
        },
    ),
    "dean, board": (
        ("eli",),
        {"receives exports": opens("accountability_csv")},
        {
            "receives small cells": reads("Cardiology", "accountability_csv"),
            "receives names": opens("overview_csv"),
        },
    ),
}
LINES = [
    pytest.param(who, attempt, may, id=f"{actor}: {who} {'may' if may else 'may not'}: {what}")
    for actor, (people, allowed, refused) in TABLE.items()
    for who in people
    for may, lines in ((True, allowed), (False, refused))
    for what, attempt in lines.items()
]


@pytest.fixture
def clinic(mercy: World, in_mercy: Scope) -> Clinic:
    ada, olga = mercy.ada, mercy.olga
    make_presets(mercy.organization)
    for sponsor in (olga, mercy.paula):
        make_sponsor(sponsor)
    make_line(ada, mercy.aude, start_date=dt.date(2000, 1, 1), end_date=dt.date(2001, 1, 1))
    things: dict[str, Any] = {who: person.pk for who, person in mercy.people.items()}
    things["sponsorship"] = make_sponsorship(olga, ada).pk
    make_seat(ada, mercy.colin, by=olga)
    make_seat(ada, mercy.eli, by=olga, domain=Domain.COACHING)
    conference = make_conference(ada, mercy.mara, mercy.colin, mercy.eli, by=olga)
    said = make_diagnosis(conference, by=mercy.eli, domain=Domain.COACHING, words=OTHER_DOMAIN)
    make_snapshot(ada)
    cell = make_index(ada, 50.0, TODAY - dt.timedelta(days=3), published_at=timezone.now())
    goal = make_goal(ada)
    milestone = find_milestone(mercy.organization, "Shadow a chair meeting")
    done = {"state": "done", "over_on": TODAY, "outcome": "They listened."}
    attested = {**done, "attested_by": olga, "attested_at": timezone.now(), "milestone": milestone}
    actions = {
        "shared": make_action(goal),
        "private": make_action(goal, title=PRIVATE, private=True),
        "finance": make_action(goal, title="Read a budget", domain=Domain.FINANCE),
        "done": make_action(goal, title="Chaired", **done),
        "attested": make_action(goal, title="Heard", **attested),
    }
    make_version(ada, by=olga)
    things |= {name: action.pk for name, action in actions.items()}
    things |= {
        "conference": conference.pk,
        "diagnosis": said.pk,
        "goal": goal.pk,
        "review": make_review(ada).pk,
        "wave": cell.wave_id,
        "unit": cell.unit_id,
    }
    return Clinic(mercy, things | ask_around(mercy))


def ask_around(world: World) -> dict[str, Any]:
    """A closed round with an answer of each, and one that is open."""
    listening, closed = make_competency(world.organization), make_intake(world.ada, by=world.olga)
    asked = (("aude", Relation.MANAGER), ("stella", Relation.COWORKER), ("henry", Relation.COWORKER))
    for who, relation in asked:
        request = make_intake_request(closed, world.people[who], relation)
        remark = Remark(Aspect.OPPORTUNITY, listening.pk, SENTENCE)
        answer_request(request, [remark], by=member_of(world.people[who]))
    close_round(closed, by=member_of(world.olga))
    running = make_intake(world.ada, by=world.olga)
    found = {
        f"asked {who}": make_intake_request(running, world.people[who], relation).pk
        for who, relation in asked[:2]
    }
    return {**found, "asked": make_intake_request(running, world.colin).pk}


@pytest.mark.parametrize(("who", "attempt", "may"), LINES)
def test_each_line_of_the_table(clinic: Clinic, who: str, attempt: Try, may: bool) -> None:
    clinic.things |= {"asked {who}": clinic.things.get(f"asked {who}")}
    assert attempt(clinic, who) is may


def test_what_is_hidden_is_there_to_be_seen(clinic: Clinic) -> None:
    """Otherwise nobody would see it, and the lines above would say nothing."""
    assert reads_any(SENTENCE)(clinic, "olga")
    assert reads_any(PRIVATE)(clinic, "olga")
    assert reads_any("Stella Mercy")(clinic, "olga")
    assert reports_about(member_of(clinic.world.ada), on=TODAY).exists()
    assert reads("What keeps her", "chart", "ada")(clinic, "mara")
    assert not Stamp.objects.exists()
