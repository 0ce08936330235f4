"""Plans to begin with, in our own words. A template is a start, never the result (R15): it names needs that
many leaders have, and whoever plans says which of them this leader has."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sponsors.enums import ActionKind, Domain, Outcome
from sponsors.plan.items import Plan


@dataclass(frozen=True, slots=True)
class TemplateAction:
    """A step; `begins` and `lasts` in days from the day the plan is begun."""

    title: str
    kind: ActionKind
    need: str
    hours: int
    begins: int
    lasts: int
    domain: Domain | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class TemplateGoal:
    title: str
    outcome: Outcome
    actions: tuple[TemplateAction, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """`key` is in addresses."""

    key: str
    name: str
    fits: str
    goals: tuple[TemplateGoal, ...]


TEMPLATES: Final = (
    Template(
        "first-service",
        "The first service to lead",
        "For somebody who takes over a service or a unit this year.",
        (
            TemplateGoal(
                "Know the service as those see it who work in it and need it",
                Outcome.ALIGN,
                (
                    TemplateAction(
                        "Spend a shift with each profession of the service",
                        ActionKind.EXPERIENCE,
                        "To know what a decision means where the work is done",
                        hours=24,
                        begins=0,
                        lasts=60,
                        evidence="One page: what surprised me, what I will not change",
                    ),
                    TemplateAction(
                        "Hear what the team wants kept, stopped and begun",
                        ActionKind.EXPERIENCE,
                        "To be trusted before asking for change",
                        hours=10,
                        begins=14,
                        lasts=60,
                        evidence="The three lists, shown to the team",
                    ),
                ),
            ),
            TemplateGoal(
                "Run the service so that it keeps what it promises",
                Outcome.EXECUTE,
                (
                    TemplateAction(
                        "Close a month with the service-line manager",
                        ActionKind.EXPOSURE,
                        "To read a budget without an interpreter",
                        hours=8,
                        begins=30,
                        lasts=60,
                        domain=Domain.FINANCE,
                        evidence="The month's figures explained to the team",
                    ),
                    TemplateAction(
                        "Mend one thing that everybody complains about",
                        ActionKind.PROJECT,
                        "To be known for something that works",
                        hours=30,
                        begins=45,
                        lasts=120,
                        domain=Domain.QUALITY,
                        evidence="A measure before and after",
                    ),
                    TemplateAction(
                        "Coaching on the conversations one would rather not have",
                        ActionKind.COACHING,
                        "To say what has to be said, early",
                        hours=6,
                        begins=30,
                        lasts=120,
                        domain=Domain.COACHING,
                    ),
                ),
            ),
        ),
    ),
    Template(
        "beyond-the-department",
        "Beyond the own department",
        "For somebody respected in their department and unknown outside it.",
        (
            TemplateGoal(
                "Understand how the hospital decides",
                Outcome.ALIGN,
                (
                    TemplateAction(
                        "Sit in on three meetings of the board's committees",
                        ActionKind.EXPOSURE,
                        "To see what is weighed before a decision is made",
                        hours=9,
                        begins=0,
                        lasts=90,
                        evidence="Half a page after each: who decided, on what",
                    ),
                    TemplateAction(
                        "Shadow somebody who leads another profession for a day",
                        ActionKind.EXPOSURE,
                        "To see the hospital from another side",
                        hours=8,
                        begins=14,
                        lasts=60,
                    ),
                ),
            ),
            TemplateGoal(
                "Lead people who do not report to me",
                Outcome.EXECUTE,
                (
                    TemplateAction(
                        "Chair a group of several departments for half a year",
                        ActionKind.EXPERIENCE,
                        "To be followed without being in charge",
                        hours=36,
                        begins=30,
                        lasts=180,
                        evidence="What the group agreed, and what came of it",
                    ),
                    TemplateAction(
                        "Talk each meeting over with a mentor who chairs",
                        ActionKind.MENTORING,
                        "To hear how one comes across in the chair",
                        hours=6,
                        begins=30,
                        lasts=180,
                    ),
                ),
            ),
        ),
    ),
    Template(
        "lasting-improvement",
        "An improvement that lasts",
        "For somebody with ideas for better care who has never led one to the end.",
        (
            TemplateGoal(
                "Lead one improvement until others keep it going",
                Outcome.RENEW,
                (
                    TemplateAction(
                        "Choose with patients what is worth improving",
                        ActionKind.EXPERIENCE,
                        "To begin with what matters to those who are cared for",
                        hours=12,
                        begins=0,
                        lasts=45,
                        evidence="The question, in a patient's words",
                    ),
                    TemplateAction(
                        "Try it small, measure, change it, try again",
                        ActionKind.PROJECT,
                        "To learn from what does not work",
                        hours=40,
                        begins=30,
                        lasts=150,
                        domain=Domain.QUALITY,
                        evidence="A run chart with the changes marked on it",
                    ),
                    TemplateAction(
                        "Learn to read variation over time",
                        ActionKind.TRAINING,
                        "To tell a change from chance",
                        hours=6,
                        begins=14,
                        lasts=45,
                        domain=Domain.LEARNING,
                    ),
                    TemplateAction(
                        "Hand it over to the team and stay away for a month",
                        ActionKind.EXPERIENCE,
                        "To build what outlives its builder",
                        hours=6,
                        begins=180,
                        lasts=60,
                        evidence="The measure of that month",
                    ),
                ),
            ),
        ),
    ),
)


def template_of(key: str) -> Template | None:
    return next((each for each in TEMPLATES if each.key == key), None)


def template_behind(plan: Plan) -> Template | None:
    """The template of which a plan says nothing but the words. When and by whom is no adaptation."""
    said = words_of_plan(plan)
    return next((each for each in TEMPLATES if words_of_template(each) == said), None)


Words = frozenset[tuple[str, str, frozenset[tuple[object, ...]]]]


def words_of_plan(plan: Plan) -> Words:
    return frozenset(
        (
            goal.title,
            goal.outcome,
            frozenset(
                (each.title, each.kind, each.need, each.domain, each.hours, each.evidence)
                for each in plan.actions
                if each.goal == goal.id
            ),
        )
        for goal in plan.goals
    )


def words_of_template(template: Template) -> Words:
    return frozenset(
        (
            goal.title,
            goal.outcome,
            frozenset(
                (each.title, each.kind, each.need, each.domain or "", Decimal(each.hours), each.evidence)
                for each in goal.actions
            ),
        )
        for goal in template.goals
    )
