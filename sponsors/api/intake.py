"""A leader's intake over the REST API: the sponsor asks and closes; whoever may reads what came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.models import Person
from people.rest.answers import MOVED, MovedMeanwhile, colleagues, done, valid
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView
from sponsors.api import TAGS
from sponsors.api.charts import OfLeader
from sponsors.enums import Relation, RequestState, Source
from sponsors.models import IntakeRequest, IntakeRound
from sponsors.permissions import INTAKE_IS_FOR, INTAKE_IS_RUN_BY, can_read_intake_lists, can_run_intake
from sponsors.queries.intake import (
    Theme,
    as_related,
    closed_rounds_of,
    lists_of,
    open_round_of,
    people_to_ask,
    requests_of,
    themes_of,
    turnout_of,
)
from sponsors.seats import Seat
from sponsors.services.intake import MOST, ask_more, close_round, open_round


class AskedEntry(serializers.ModelSerializer[IntakeRequest]):
    """Somebody who is asked, for the sponsor's eyes. What they said is not tied to it."""

    person = ColleagueEntry(read_only=True)
    relation = serializers.ChoiceField(choices=Relation.choices, read_only=True)
    state = serializers.ChoiceField(choices=RequestState.choices, read_only=True)
    reason = serializers.CharField(read_only=True, help_text="Why it was declined.")

    class Meta:
        model = IntakeRequest
        fields = ["person", "relation", "state", "reason"]


class TurnoutEntry(serializers.Serializer[Any]):
    asked = serializers.IntegerField(read_only=True)
    answered = serializers.IntegerField(read_only=True)
    declined = serializers.IntegerField(read_only=True)


class RunningIntake(serializers.Serializer[Any]):
    """The round that runs. What was said stays closed for everybody until the round is."""

    opened_on = serializers.DateField(read_only=True)
    last_day = serializers.DateField(read_only=True)
    turnout = TurnoutEntry(read_only=True)
    people = AskedEntry(many=True, read_only=True, allow_null=True, help_text="Null but for the sponsor.")


class IntakeEntry(serializers.Serializer[Any]):
    running = RunningIntake(read_only=True, allow_null=True)


class NewPeople(serializers.Serializer[Any]):
    people = serializers.ListField(
        child=serializers.UUIDField(),
        min_length=1,
        max_length=MOST,
        help_text="What each is to the leader follows from the reporting lines; else they are coworkers.",
    )


class NewIntake(NewPeople):
    last_day = serializers.DateField(help_text="From tomorrow on, within sixty days.")


class OfIntake(OfLeader):
    """An endpoint of an intake; 403 for whoever may not even read its lists."""

    def find_intake(self, person_id: UUID) -> tuple[Person, Seat]:
        leader, seat = self.find(person_id)
        demand(can_read_intake_lists(seat), INTAKE_IS_FOR)
        return leader, seat

    def find_as_sponsor(self, person_id: UUID) -> tuple[Person, Seat]:
        leader, seat = self.find(person_id)
        demand(can_run_intake(seat), INTAKE_IS_RUN_BY)
        return leader, seat

    def asked(self, leader: Person, people: list[UUID]) -> dict[UUID, Relation]:
        """The people of a body with what they are to the leader, or 422."""
        colleagues("people", people)
        return as_related(people, people_to_ask(leader, without=set(), on=timezone.localdate()))

    def running(self, leader: Person) -> IntakeRound:
        found = open_round_of(leader.pk)
        if found is None:
            raise MovedMeanwhile(_("No round is open."))
        return found

    def answer(self, running: IntakeRound | None, seat: Seat) -> dict[str, Any]:
        shown = None
        if running is not None:
            shown = {
                "opened_on": running.opened_on,
                "last_day": running.last_day,
                "turnout": turnout_of(running),
                "people": requests_of(running) if can_run_intake(seat) else None,
            }
        told: dict[str, Any] = IntakeEntry({"running": shown}).data
        return told


class IntakeView(OfIntake):
    @extend_schema(
        operation_id="intake",
        summary="The intake that runs",
        description="For the leader, the sponsor and the immediate leader.",
        tags=TAGS,
        responses=IntakeEntry,
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find_intake(person_id)
        return Response(self.answer(open_round_of(leader.pk), seat))

    @extend_schema(
        operation_id="open_intake",
        summary="Ask people what they see in the leader, as the sponsor",
        description="The leader is asked for the own view too. One round at a time.",
        tags=TAGS,
        request=NewIntake,
        responses={201: IntakeEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find_as_sponsor(person_id)
        body = valid(NewIntake(data=request.data))
        asked = self.asked(leader, body["people"])
        made = done(lambda: open_round(leader, asked, last_day=body["last_day"], by=self.member))
        return Response(self.answer(made, seat), status=status.HTTP_201_CREATED)


class CandidateEntry(serializers.Serializer[Any]):
    """Somebody one could ask, by the role history and the unit."""

    person = ColleagueEntry(read_only=True)
    relation = serializers.ChoiceField(choices=Relation.choices, read_only=True)
    until = serializers.DateField(read_only=True, allow_null=True, help_text="If it is over.")


class CandidatesView(OfIntake):
    @extend_schema(
        operation_id="people_to_ask",
        summary="Whom I could ask about the leader, as the sponsor",
        tags=TAGS,
        responses=CandidateEntry(many=True),
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        leader, _seat = self.find_as_sponsor(person_id)
        running = open_round_of(leader.pk)
        known = set(running.requests.values_list("person_id", flat=True)) if running else set()
        without = {self.member.person_id, *known}
        found = people_to_ask(leader, without=without, on=timezone.localdate())
        return Response(CandidateEntry(found, many=True).data)


class AskMoreView(OfIntake):
    @extend_schema(
        operation_id="ask_more_people",
        summary="Ask more people in the round that runs; nobody is asked twice",
        tags=TAGS,
        request=NewPeople,
        responses={200: IntakeEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find_as_sponsor(person_id)
        body = valid(NewPeople(data=request.data))
        running, asked = self.running(leader), self.asked(leader, body["people"])
        return Response(self.answer(done(lambda: ask_more(running, asked, by=self.member)), seat))


class GroupCount(serializers.Serializer[Any]):
    group = serializers.ChoiceField(choices=Source.choices, read_only=True)
    count = serializers.IntegerField(read_only=True)


class SentenceEntry(serializers.Serializer[Any]):
    who = serializers.CharField(read_only=True, help_text="A group, or the name of who agreed to it.")
    words = serializers.CharField(read_only=True)


class ThemeEntry(serializers.Serializer[Theme]):
    """What was said about one competency; the sentences stand in no order."""

    competency = serializers.CharField(source="competency.name", read_only=True)
    groups = serializers.SerializerMethodField()
    sentences = serializers.SerializerMethodField()
    by_oneself = serializers.ListField(child=serializers.CharField(), read_only=True)

    @extend_schema_field(GroupCount(many=True))
    def get_groups(self, theme: Theme) -> list[dict[str, Any]]:
        return [{"group": group, "count": count} for group, count in sorted(theme.counts.items())]

    @extend_schema_field(SentenceEntry(many=True))
    def get_sentences(self, theme: Theme) -> list[dict[str, str]]:
        return [{"who": who, "words": words} for who, words in theme.sentences]


class ThemesEntry(serializers.Serializer[Any]):
    strength = ThemeEntry(many=True, read_only=True)
    opportunity = ThemeEntry(many=True, read_only=True)
    development = ThemeEntry(many=True, read_only=True)


class ListsEntry(serializers.Serializer[Any]):
    opportunity = serializers.ListField(child=serializers.CharField(), read_only=True)
    development = serializers.ListField(child=serializers.CharField(), read_only=True)


class ClosedIntake(serializers.ModelSerializer[IntakeRound]):
    opened_by = ColleagueEntry(read_only=True)
    closed_on = serializers.DateField(read_only=True)

    class Meta:
        model = IntakeRound
        fields = ["id", "opened_by", "opened_on", "closed_on"]


class IntakeResult(ClosedIntake):
    """What may be shown of a closed round. Sentences and counts stay between leader and sponsor: null for
    the immediate leader, who has the two lists by name."""

    lists = ListsEntry(read_only=True)
    groups = GroupCount(
        many=True, read_only=True, allow_null=True, help_text="How many answers of each are shown."
    )
    themes = ThemesEntry(read_only=True, allow_null=True)

    class Meta(ClosedIntake.Meta):
        fields = [*ClosedIntake.Meta.fields, "lists", "groups", "themes"]

    def to_representation(self, instance: IntakeRound) -> dict[str, Any]:
        seat = self.context["seat"]
        told: dict[str, Any] = ClosedIntake(instance).data
        themes = themes_of(instance, seat)
        told["lists"] = ListsEntry(lists_of(instance, seat)).data
        told["groups"] = told["themes"] = None
        if themes:
            counted = [{"group": group, "count": count} for group, count in instance.groups.items()]
            told |= {"groups": GroupCount(counted, many=True).data, "themes": ThemesEntry(themes).data}
        return told


class IntakePages(KeysetPages):
    ordering = ("-closed_on", "id")


class ClosedIntakesView(OfIntake, MemberListAPIView):
    serializer_class = ClosedIntake
    pagination_class = IntakePages

    def get_queryset(self) -> QuerySet[IntakeRound]:
        leader, _seat = self.find_intake(self.kwargs["person_id"])
        return closed_rounds_of(leader.pk)

    @extend_schema(operation_id="closed_intakes", summary="The rounds that are closed", tags=TAGS)
    def get(self, request: Request, person_id: UUID) -> Response:
        return self.list(request)


class IntakeResultView(OfIntake):
    @extend_schema(
        operation_id="intake_result",
        summary="What came of a closed round: themes, not names",
        description="For the leader and the sponsor; the immediate leader has two lists of it.",
        tags=TAGS,
        responses=IntakeResult,
    )
    def get(self, request: Request, person_id: UUID, round_id: UUID) -> Response:
        leader, seat = self.find_intake(person_id)
        found = closed_rounds_of(leader.pk).filter(pk=round_id).first()
        if found is None:
            raise NotFound
        return Response(IntakeResult(found, context=self.context(seat)).data)


class CloseIntakeView(OfIntake):
    @extend_schema(
        operation_id="close_intake",
        summary="Ask no further, as the sponsor; what may be shown is settled once",
        tags=TAGS,
        request=None,
        responses={200: IntakeResult, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find_as_sponsor(person_id)
        running = self.running(leader)
        closed = done(lambda: close_round(running, by=self.member))
        return Response(IntakeResult(closed, context=self.context(seat)).data)
