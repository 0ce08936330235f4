"""The pairs of a matching over the REST API, why each is one, and who was left out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.runs import OfRun
from mentoring.enums import ProposalState, Tier
from mentoring.forms.studio import ONLY
from mentoring.models import LeftOut, Proposal
from mentoring.pair_terms import Term, terms_of
from mentoring.permissions import MATCHING_IS_RUN_BY, can_run_matching
from mentoring.queries.runs import left_out_of, pair_visible_to, pairs_to_show
from mentoring.services.pairs import override_pair
from mentoring.wording_of_pairs import CAUSES, kept_apart_words
from people.access import demand
from people.queries import names_of
from people.rest.answers import MOVED, done, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


class PairEntry(serializers.ModelSerializer[Proposal]):
    """A pair that a matching proposes. Scores in points of 100."""

    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)
    mentee = ColleagueEntry(read_only=True)
    mentor = ColleagueEntry(read_only=True)
    points = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=ProposalState.choices, read_only=True)
    runs = serializers.BooleanField(source="running", read_only=True, help_text="Went on already.")
    reason = serializers.CharField(read_only=True, help_text="Why a director chose this mentor.")
    problem = serializers.CharField(read_only=True, help_text="Why it was held back.")

    class Meta:
        model = Proposal
        fields = [
            "id",
            "tier",
            "mentee",
            "mentor",
            "points",
            "sentence",
            "state",
            "runs",
            "reason",
            "problem",
        ]

    def get_points(self, pair: Proposal) -> float:
        return pair.score / 100


class TermEntry(serializers.Serializer[Any]):
    """A line of the arithmetic: weight times value gives the points."""

    part = serializers.ChoiceField(choices=["interest", "availability", "past_success"], read_only=True)
    weight = serializers.FloatField(read_only=True)
    value = serializers.FloatField(read_only=True)
    points = serializers.SerializerMethodField()
    note = serializers.CharField(read_only=True)

    def get_points(self, term: Term) -> float:
        return term.units / 100


class AlternativeEntry(serializers.Serializer[Any]):
    """A next best mentor, and why not; one that is open can be proposed instead."""

    mentor = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True, help_text="Empty for somebody who is gone.")
    points = serializers.FloatField(read_only=True)
    sentence = serializers.CharField(read_only=True)
    why_not = serializers.CharField(source="why", read_only=True)
    open = serializers.BooleanField(read_only=True)


class PairDetail(PairEntry):
    run = serializers.UUIDField(source="run_id", read_only=True)
    instead_of = ColleagueEntry(read_only=True, allow_null=True)
    arithmetic = serializers.SerializerMethodField()
    alternatives = serializers.SerializerMethodField()

    class Meta(PairEntry.Meta):
        fields = [*PairEntry.Meta.fields, "run", "instead_of", "arithmetic", "alternatives"]

    @extend_schema_field(TermEntry(many=True))
    def get_arithmetic(self, pair: Proposal) -> Any:
        return TermEntry(terms_of(pair), many=True).data

    @extend_schema_field(AlternativeEntry(many=True))
    def get_alternatives(self, pair: Proposal) -> Any:
        names = names_of(UUID(each["mentor"]) for each in pair.alternatives)
        rows = [
            {**each, "name": names.get(UUID(each["mentor"]), ""), "points": each["score"] / 100}
            for each in pair.alternatives
        ]
        return AlternativeEntry(rows, many=True).data


class PairQuestion(serializers.Serializer[Any]):
    tier = serializers.ChoiceField(choices=Tier.choices, default="")
    only = serializers.ChoiceField(choices=ONLY, default="")


class PairPages(KeysetPages):
    ordering = ("score", "id")


class PairsView(OfRun, MemberListAPIView):
    serializer_class = PairEntry
    pagination_class = PairPages

    def get_queryset(self) -> QuerySet[Proposal]:
        found = self.find_finished(self.kwargs["run_id"])
        return pairs_to_show(found, **valid(PairQuestion(data=self.request.query_params)))

    @extend_schema(
        operation_id="matching_pairs",
        summary="The pairs of a matching, the lowest scores first",
        tags=TAGS,
        parameters=[PairQuestion],
    )
    def get(self, request: Request, run_id: UUID) -> Response:
        return self.list(request)


class KeptApart(serializers.Serializer[Any]):
    reason = serializers.CharField(read_only=True)
    mentors = serializers.IntegerField(read_only=True)


class LeftOutEntry(serializers.ModelSerializer[LeftOut]):
    """A mentee for whom a matching has nobody in a tier; how many mentors each rule keeps away."""

    mentee = ColleagueEntry(read_only=True)
    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)
    words = serializers.SerializerMethodField()
    kept_apart = serializers.SerializerMethodField()

    class Meta:
        model = LeftOut
        fields = ["mentee", "tier", "cause", "words", "kept_apart"]

    def get_words(self, row: LeftOut) -> str:
        return str(CAUSES.get(row.cause, row.cause))

    @extend_schema_field(KeptApart(many=True))
    def get_kept_apart(self, row: LeftOut) -> list[dict[str, Any]]:
        rows = kept_apart_words(row.kept_apart)
        return [{"reason": reason, "mentors": mentors} for reason, mentors in rows]


class LeftOutPages(KeysetPages):
    ordering = ("cause", "tier", "id")


class LeftOutView(OfRun, MemberListAPIView):
    serializer_class = LeftOutEntry
    pagination_class = LeftOutPages

    def get_queryset(self) -> QuerySet[LeftOut]:
        return left_out_of(self.find_finished(self.kwargs["run_id"]))

    @extend_schema(
        operation_id="matching_left_out", summary="Who got nobody in a matching, and why", tags=TAGS
    )
    def get(self, request: Request, run_id: UUID) -> Response:
        return self.list(request)


class OfPair(MemberAPIView):
    """An endpoint of one pair; 403 for whoever directs no cohort, 404 for another cohort's."""

    def find(self, pair_id: UUID) -> Proposal:
        demand(can_run_matching(self.member), MATCHING_IS_RUN_BY)
        found = pair_visible_to(self.member, pair_id)
        if found is None:
            raise NotFound
        return found


class PairView(OfPair):
    @extend_schema(
        operation_id="matching_pair",
        summary="A pair with its arithmetic and its next best mentors",
        tags=TAGS,
        responses=PairDetail,
    )
    def get(self, request: Request, pair_id: UUID) -> Response:
        return Response(PairDetail(self.find(pair_id)).data)


class Replace(serializers.Serializer[Any]):
    mentor = serializers.UUIDField(help_text="One of the alternatives that are open.")
    reason = words(300, help_text="Mentor and mentee read it as the reason for the pair.")


class ReplaceView(OfPair):
    @extend_schema(
        operation_id="replace_matching_pair",
        summary="Propose another mentor instead in this matching, with a reason",
        tags=TAGS,
        request=Replace,
        responses={201: PairDetail, **MOVED},
    )
    def post(self, request: Request, pair_id: UUID) -> Response:
        found, body = self.find(pair_id), valid(Replace(data=request.data))
        made = done(
            lambda: override_pair(found, mentor_id=body["mentor"], reason=body["reason"], by=self.member)
        )
        return Response(PairDetail(made).data, status=status.HTTP_201_CREATED)
