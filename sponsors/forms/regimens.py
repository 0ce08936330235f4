"""What people type when they plan a regimen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passport.models import Milestone
from people.colleagues import ColleagueField
from sponsors.enums import ActionKind, ActionState, Domain, Outcome
from sponsors.models import Action, Diagnosis, Goal
from sponsors.regimen_words import in_short
from sponsors.services.outcomes import Report
from sponsors.services.regimens import Step
from web.widgets import DateInput


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReasonedForm(forms.Form):
    """Every change says why; the revision is the one the page showed."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("In a few words. The leader reads it; the team too, unless the action is private."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class GoalForm(ReasonedForm):
    title = forms.CharField(label=_("Goal"), max_length=200)
    outcome = forms.ChoiceField(
        label=_("It is for"),
        choices=[
            (Outcome.ALIGN, _("Align: get people behind a direction")),
            (Outcome.EXECUTE, _("Execute: make it work, day by day")),
            (Outcome.RENEW, _("Renew: do it differently")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ["title", "outcome", "reason", "revision"]

    @staticmethod
    def values_of(goal: Goal) -> dict[str, Any]:
        return {"title": goal.title, "outcome": goal.outcome, "revision": goal.revision}


class ActionForm(ReasonedForm):
    goal = forms.ChoiceField(label=_("Goal"))
    title = forms.CharField(label=_("Action"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActionKind.choices)
    need = forms.CharField(
        label=_("Whose need does it serve, and which?"),
        max_length=300,
        widget=lines(2),
        help_text=_("The leader's need comes first. If it serves only somebody else's, leave it out."),
    )
    diagnosis = forms.ChoiceField(
        label=_("Which diagnosis does it answer?"),
        required=False,
        help_text=_("The plan then says why this action."),
    )
    owner = ColleagueField(
        label=_("Owner, by e-mail address"), required=False, help_text=_("Who sees to it that it happens.")
    )
    domain = forms.ChoiceField(
        label=_("Specialist's domain"), required=False, choices=[("", _("None")), *Domain.choices]
    )
    hours = forms.DecimalField(
        label=_("Dose, in hours"), min_value=0, max_value=999, decimal_places=1, initial=8
    )
    start_on = forms.DateField(label=_("Start"), widget=DateInput())
    due_on = forms.DateField(label=_("Due"), widget=DateInput())
    evidence = forms.CharField(
        label=_("By what will one see that it is done?"), max_length=300, required=False
    )
    private = forms.BooleanField(label=_("Between leader and sponsor only"), required=False)
    field_order = [
        *("goal", "title", "kind", "need", "diagnosis", "owner", "domain", "hours", "start_on", "due_on"),
        *("evidence", "private", "reason", "revision"),
    ]

    def __init__(
        self, *args: Any, goals: Iterable[Goal], diagnoses: Iterable[Diagnosis], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer(diagnoses)
        field = self.fields["goal"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(goal.pk), goal.title) for goal in goals]

    def _offer(self, diagnoses: Iterable[Diagnosis]) -> None:
        """Those that one may read. Where somebody else chose one of another domain, it stays."""
        field = self.fields["diagnosis"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        known = {str(each.pk): in_short(each) for each in diagnoses}
        chosen = self.initial.get("diagnosis")
        if chosen and chosen not in known:
            known[chosen] = gettext("One of another domain")
        field.choices = [("", gettext("None")), *known.items()]

    def step(self) -> Step:
        values = dict(self.cleaned_data)
        owner = values["owner"]
        return Step(
            goal_id=UUID(values["goal"]),
            title=values["title"],
            kind=ActionKind(values["kind"]),
            need=values["need"],
            start_on=values["start_on"],
            due_on=values["due_on"],
            domain=Domain(values["domain"]) if values["domain"] else None,
            owner_id=owner.pk if owner else None,
            hours=values["hours"],
            evidence=values["evidence"],
            private=values["private"],
            diagnosis_id=UUID(values["diagnosis"]) if values["diagnosis"] else None,
        )

    @staticmethod
    def values_of(action: Action) -> dict[str, Any]:
        names = ("title", "kind", "need", "domain", "hours", "start_on", "due_on", "evidence", "private")
        return {
            **{name: getattr(action, name) for name in names},
            "goal": str(action.goal_id),
            "diagnosis": str(action.diagnosis_id or ""),
            "owner": action.owner.email if action.owner else "",
            "revision": action.revision,
        }


class RemoveForm(ReasonedForm):
    pass


class ProgressForm(forms.Form):
    state = forms.ChoiceField(label=_("How far it is"), choices=ActionState.choices)
    words = forms.CharField(
        label=_("What came of it"),
        required=False,
        max_length=1000,
        widget=lines(3),
        help_text=_("Needed when it is done or dropped."),
    )
    link = forms.URLField(
        label=_("Where one can see it"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of a document or page, if there is one. No patient data."),
    )
    milestone = forms.ChoiceField(
        label=_("Which milestone of the Passport does it serve?"),
        required=False,
        help_text=_("Once somebody else has attested it, the leader may let it go into the Passport."),
    )

    def __init__(self, *args: Any, milestones: Iterable[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages: dict[str, list[tuple[str, str]]] = {}
        for each in milestones:
            stages.setdefault(each.stage.name, []).append((str(each.pk), each.title))
        field = self.fields["milestone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", gettext("None")), *stages.items()]

    def report(self) -> Report:
        values = self.cleaned_data
        return Report(
            ActionState(values["state"]),
            values["words"],
            values["link"],
            UUID(values["milestone"]) if values["milestone"] else None,
        )

    @staticmethod
    def values_of(action: Action) -> dict[str, Any]:
        chosen = {"state": action.state, "words": action.outcome, "link": action.link}
        return {**chosen, "milestone": str(action.milestone_id or "")}


class PublishForm(forms.Form):
    reason = forms.CharField(
        label=_("Why this version"),
        max_length=300,
        widget=lines(2),
        help_text=_("The leader reads it first."),
    )
    after = forms.IntegerField(widget=forms.HiddenInput)


class ProposalForm(forms.Form):
    words = forms.CharField(
        label=_("What I would like"),
        max_length=600,
        widget=lines(3),
        help_text=_("Something more, something else, or something to leave out. You get an answer."),
    )


class AnswerForm(forms.Form):
    taken_up = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Taken up")), ("no", _("Not now"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("In words"), required=False, max_length=600, widget=lines(2))
