"""Own mentorships over the REST API, and proposing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.enums import Initiator, MentorshipState, Tier
from mentoring.forms.mentorships import ProposeForm
from mentoring.models import Mentorship
from mentoring.queries.mentorships import mentorship_visible_to, mentorships_shown_to
from mentoring.services.mentorships import propose_mentorship
from people.models import Person
from people.rest.answers import MOVED, colleague, done, optional_words, valid
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberAPIView, MemberListAPIView


class MentorshipEntry(serializers.ModelSerializer[Mentorship]):
    """A mentor and a mentee in one tier. Why somebody said no stays on the page."""

    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)
    state = serializers.ChoiceField(choices=MentorshipState.choices, read_only=True)
    initiator = serializers.ChoiceField(choices=Initiator.choices, read_only=True)
    mentor = ColleagueEntry(read_only=True)
    mentee = ColleagueEntry(read_only=True)
    waits_for = serializers.UUIDField(read_only=True, allow_null=True, help_text="Who has to say yes or no.")

    class Meta:
        model = Mentorship
        fields = [
            *("id", "tier", "state", "initiator", "mentor", "mentee", "waits_for", "why"),
            *("offered_on", "accepted_on", "started_on", "planned_end", "over_on"),
        ]


class Proposed(serializers.Serializer[Any]):
    role = serializers.ChoiceField(
        choices=[ProposeForm.AS_MENTEE, ProposeForm.AS_MENTOR], help_text="What the colleague shall be."
    )
    colleague = serializers.UUIDField()
    tier = serializers.ChoiceField(choices=Tier.choices)
    why = optional_words(300, help_text="Why the two of you; the other side reads it.")


class MentorshipPages(KeysetPages):
    ordering = ("-offered_on", "id")


class OwnMentorshipsView(MemberListAPIView):
    serializer_class = MentorshipEntry
    pagination_class = MentorshipPages

    def get_queryset(self) -> QuerySet[Mentorship]:
        return mentorships_shown_to(self.member.person_id)

    @extend_schema(operation_id="my_mentorships", summary="My mentors and mentees", tags=TAGS)
    def get(self, request: Request) -> Response:
        return self.list(request)

    @extend_schema(
        operation_id="propose_mentorship",
        summary="Ask a colleague to be my mentor, or offer to be theirs",
        tags=TAGS,
        request=Proposed,
        responses={201: MentorshipEntry, **MOVED},
    )
    def post(self, request: Request) -> Response:
        body = valid(Proposed(data=request.data))
        other = colleague("colleague", body["colleague"])
        own = Person.objects.get(pk=self.member.person_id)
        mentor, mentee = (other, own) if body["role"] == ProposeForm.AS_MENTEE else (own, other)
        made = done(
            lambda: propose_mentorship(mentor, mentee, Tier(body["tier"]), why=body["why"], by=self.member)
        )
        return Response(MentorshipEntry(made).data, status=status.HTTP_201_CREATED)


class OfMentorship(MemberAPIView):
    """An endpoint of one mentorship that the member may see; 404 for every other."""

    def find(self, mentorship_id: UUID) -> Mentorship:
        found = mentorship_visible_to(self.member, mentorship_id, on=timezone.localdate())
        if found is None:
            raise NotFound
        return found


class MentorshipView(OfMentorship):
    @extend_schema(operation_id="mentorship", summary="One mentorship", tags=TAGS, responses=MentorshipEntry)
    def get(self, request: Request, mentorship_id: UUID) -> Response:
        return Response(MentorshipEntry(self.find(mentorship_id)).data)
