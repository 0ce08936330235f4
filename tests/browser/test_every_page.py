"""Follow every link as every persona: nothing missing, nothing forbidden, quiet, accessible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Error, Page, Response

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of

pytestmark = pytest.mark.browser

# What links alone must lead to. The steps of an upload and what follows a form are in test_steps.py.
STOPS = {
    "today",
    "search",
    "access:invitations",
    "access:invite_group",
    "access:person",
    "access:settings",
    "access:tokens",
    "account_change_password",
    "account_email",
    "account_login",
    "account_reset_password",
    "api_docs",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "usersessions_list",
    "mentoring:hours",
    "mentoring:accreditation",
    "mentoring:alumni",
    "mentoring:alumni_edit",
    "mentoring:alumni_hour",
    "mentoring:alumni_library",
    "mentoring:alumni_new",
    "mentoring:credit",
    "mentoring:credit_rule",
    "mentoring:exposure",
    "mentoring:exposure_received",
    "mentoring:exposure_report",
    "mentoring:ledger",
    "mentoring:reverse",
    "mentoring:review",
    "mentoring:reviews",
    "mentoring:satisfaction",
    "mentoring:satisfaction_index",
    "mentoring:satisfaction_rate",
    "mentoring:interests",
    "mentoring:calendar",
    "mentoring:contract",
    "mentoring:contract_template",
    "mentoring:mentorship",
    "mentoring:mentorships",
    "mentoring:propose",
    "mentoring:sessions",
    "mentoring:without_mentor",
    "mentoring:mine",
    "mentoring:fairness",
    "mentoring:pair_rules",
    "mentoring:pair",
    "mentoring:run",
    "mentoring:run_left_out",
    "mentoring:run_new",
    "mentoring:run_pairs",
    "mentoring:session",
    "mentoring:session_edit",
    "mentoring:studio",
    "mentoring:mentors",
    "mentoring:profile",
    "mentoring:rule",
    "mentoring:rule_edit",
    "mentoring:tag_edit",
    "mentoring:tag_new",
    "mentoring:tags",
    "partnerships:analysis",
    "partnerships:code",
    "partnerships:codebook",
    "partnerships:coding",
    "partnerships:findings",
    "partnerships:programme",
    "partnerships:programme_culture",
    "partnerships:programme_exceptions",
    "partnerships:programme_new",
    "partnerships:programme_participant",
    "partnerships:programme_people",
    "partnerships:programme_phase",
    "partnerships:programmes",
    "partnerships:settling",
    "partnerships:theme",
    "badge_check:page",
    "passport:badges",
    "passport:badges_issued",
    "passport:badge_revoke",
    "passport:inbox",
    "passport:milestone",
    "passport:milestone_edit",
    "passport:milestone_new",
    "passport:mine",
    "passport:outside_file",
    "passport:outside_results",
    "passport:person",
    "passport:reads",
    "passport:stage_edit",
    "passport:stages",
    "people:about_me",
    "people:audit_log",
    "people:cohort",
    "people:cohort_add",
    "people:cohort_edit",
    "people:cohort_membership",
    "people:cohort_new",
    "people:cohort_paste",
    "people:import_new",
    "people:imports",
    "people:job",
    "people:jobs",
    "people:notifications",
    "people:people",
    "people:person",
    "people:positions",
    "people:programme",
    "people:programme_edit",
    "people:programme_new",
    "people:programmes",
    "people:role_grant",
    "people:role_revoke",
    "people:roles",
    "people:unit",
    "people:units",
    "readiness:coaching",
    "readiness:cohorts",
    "readiness:members",
    "readiness:pathway",
    "readiness:role_edit",
    "readiness:role_new",
    "readiness:roles",
    "readiness:score",
    "readiness:task",
    "readiness:weights",
    "readiness:weights_edit",
    "readiness:saved",
    "readiness:stages",
    "succession:bench",
    "succession:candidacy",
    "succession:candidate_new",
    "succession:intention",
    "succession:mine",
    "insights:mine",
    "insights:overview",
    "insights:pilot",
    "insights:pilot_edit",
    "insights:pilot_new",
    "insights:pilot_set_up",
    "insights:pilot_values",
    "insights:pilot_values_file",
    "insights:pilots",
    "insights:exchange",
    "insights:exchange_letter_in",
    "insights:exchange_partner_new",
    "insights:role_pulse",
    "insights:role_pulse_answer",
    "insights:role_pulses",
    "insights:set_up",
    "insights:set_up_lines",
    "insights:requirement",
    "insights:requirement_new",
    "insights:requirements_file",
    "insights:standard",
    "insights:standard_edit",
    "insights:standard_new",
    "insights:structures",
    "insights:standards",
    "succession:overview",
    "succession:pool_edit",
    "succession:position",
    "succession:representation",
    "succession:review",
    "succession:review_actions",
    "succession:review_edit",
    "succession:review_new",
    "succession:review_pool",
    "succession:reviews",
    "succession:scenario",
    "succession:scenarios",
    "succession:selection",
    "succession:selection_log",
    "succession:selection_new",
    "succession:selections",
    "succession:score_one",
    "succession:scores",
    "succession:slate_ballot",
    "succession:set_up",
    "sponsors:accountability",
    "sponsors:action_edit",
    "sponsors:action_new",
    "sponsors:action_progress",
    "sponsors:action_remove",
    "sponsors:ask",
    "sponsors:caseload",
    "sponsors:chart",
    "sponsors:coach",
    "sponsors:coaching",
    "sponsors:coaching_edit",
    "sponsors:coaching_new",
    "sponsors:coaching_session",
    "sponsors:competencies",
    "sponsors:competency_edit",
    "sponsors:competency_new",
    "sponsors:conference",
    "sponsors:conference_records",
    "sponsors:contacts",
    "sponsors:contacts_mine",
    "sponsors:definition",
    "sponsors:definition_edit",
    "sponsors:gate_decide",
    "sponsors:gate_item",
    "sponsors:gate_recommend",
    "sponsors:goal_edit",
    "sponsors:goal_new",
    "sponsors:goal_remove",
    "sponsors:intake",
    "sponsors:mine",
    "sponsors:obstacle",
    "sponsors:obstacle_report",
    "sponsors:obstacles",
    "sponsors:obstacles_mine",
    "sponsors:onboarding",
    "sponsors:onboarding_begin",
    "sponsors:onboarding_chair",
    "sponsors:onboarding_contents",
    "sponsors:onboarding_contents_edit",
    "sponsors:onboarding_stop",
    "sponsors:onboardings",
    "sponsors:overview",
    "sponsors:profile",
    "sponsors:regimen",
    "sponsors:review",
    "sponsors:review_rule",
    "sponsors:reviews",
    "sponsors:sponsors",
    "sponsors:sponsorship",
    "sponsors:team",
    "sponsors:version",
    "sponsors:versions",
    "surveys:answer",
    "surveys:calendar",
    "surveys:calendar_edit",
    "surveys:calendar_new",
    "surveys:debrief",
    "surveys:debrief_coach",
    "surveys:debriefs",
    "surveys:heat",
    "surveys:import",
    "surveys:led_to",
    "surveys:instrument",
    "surveys:instrument_edit",
    "surveys:instrument_import",
    "surveys:instrument_new",
    "surveys:instruments",
    "surveys:pulse",
    "surveys:pulses",
    "surveys:report",
    "surveys:unit_trends",
    "surveys:wave",
    "surveys:wave_close",
    "surveys:wave_new",
    "surveys:wave_run",
    "surveys:wave_debriefs",
    "surveys:waves",
}


# Of these people come to their own first, and may do more on somebody else's.
SEVERAL = {"sponsors:chart": 4, "sponsors:regimen": 4, "succession:review": 2}


class Tour:
    """Visits each kind of page once for each persona, some more often, and looks closely where nobody was
    before."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site
        self.visited: set[str] = set()
        self.faults: list[str] = []
        self.messages: list[str] = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("response", self.look_at)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.messages.append(f"{message.text} {message.location['url']}")

    def look_at(self, answer: Response) -> None:
        """Nothing that a page links to, draws or asks for may be missing or forbidden."""
        if answer.status >= 400:
            self.faults.append(f"on {self.page.url}: {answer.status} {answer.url}")

    def walk(self, start: str) -> None:
        waiting = [start]
        opened: defaultdict[str, set[str]] = defaultdict(set)
        while waiting:
            url = waiting.pop(0)
            name, path = name_of(url), urlsplit(url).path
            if name is None or path in opened[name] or len(opened[name]) == SEVERAL.get(name, 1):
                continue
            opened[name].add(path)
            self.messages.clear()
            answer = self.open(url)
            if answer is None or "text/html" not in answer.headers.get("content-type", ""):
                continue
            if name not in self.visited:
                self.visited.add(name)
                where = f"{name} ({path})"
                self.faults += [f"{where}: {fault}" for fault in faults_of(self.page)]
                self.faults += [f"{where}: console: {message}" for message in self.messages]
            waiting += self.links()

    def open(self, url: str) -> Response | None:
        """The answer, or None for a file: a browser saves it and stays where it is."""
        try:
            return self.page.goto(url)
        except Error as error:
            if "Download is starting" in str(error):
                return None
            raise

    def links(self) -> list[str]:
        found: list[str] = self.page.eval_on_selector_all(
            "a[href]:not([download])", "links => links.map(link => link.href)"
        )
        return [link for link in found if link.startswith(self.site.address) and "logout" not in link]


def name_of(url: str) -> str | None:
    """The name of an address; None for what is not ours."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return None


def test_every_page_is_accessible_quiet_and_one_click_away(
    site: Site, page: Page, sign_in: Callable[[dict[str, str]], Page]
) -> None:
    tour = Tour(page, site)
    tour.walk(f"{site.address}/accounts/login/")
    slug = site.personas[0]["slug"]
    for persona in (each for each in site.personas if each["slug"] == slug):
        sign_in(persona)
        tour.walk(page.url)
    assert tour.faults == []
    assert STOPS - tour.visited == set()
