"""One's own terms, and what one intends when they end. Nobody else's is to be found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from people.models import Appointment
from people.queries import in_force
from people.rest.answers import MOVED, done, optional_words, valid
from people.rest.views import MemberAPIView
from people.terms import term_end
from succession.api import TAGS
from succession.enums import Intent
from succession.intentions import Declared
from succession.models import Intention
from succession.services.intentions import declare_intention


class IntentionEntry(serializers.ModelSerializer[Intention]):
    intent = serializers.ChoiceField(choices=Intent.choices, read_only=True)

    class Meta:
        model = Intention
        fields = ["intent", "leaves_on", "note", "declared_on"]


class OwnTermEntry(serializers.ModelSerializer[Appointment]):
    position = serializers.CharField(source="position.title", read_only=True)
    unit = serializers.CharField(source="position.unit.name", read_only=True)
    ends_on = serializers.SerializerMethodField(help_text="The first day after it.")
    said = IntentionEntry(many=True, read_only=True, help_text="The newest first, which stands.")

    class Meta:
        model = Appointment
        fields = ["id", "position_id", "position", "unit", "start_date", "term_number", "ends_on", "said"]

    @extend_schema_field(serializers.DateField())
    def get_ends_on(self, held: Appointment) -> Any:
        return term_end(held.start_date, held.end_date, held.position.term_years)


class IntentionBody(serializers.Serializer[Any]):
    intent = serializers.ChoiceField(choices=Intent.choices)
    leaves_on = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The first day of a month, where the position is left before the term ends.",
    )
    note = optional_words(500, help_text="For HR alone.")


def own_terms(person_id: UUID) -> QuerySet[Appointment]:
    """Interim cover has no term."""
    held = Appointment.objects.filter(in_force(timezone.localdate()), person=person_id, interim=False)
    said = Prefetch("intentions", Intention.objects.order_by("-at", "pk"), to_attr="said")
    return held.select_related("position__unit").prefetch_related(said).order_by("start_date", "pk")


class OwnTermsView(MemberAPIView):
    @extend_schema(
        operation_id="own_terms",
        summary="The positions I hold, and what I said of the end of my terms",
        tags=TAGS,
        responses=OwnTermEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(OwnTermEntry(own_terms(self.member.person_id), many=True).data)


class IntentionView(MemberAPIView):
    @extend_schema(
        operation_id="declare_intention",
        summary="Say what I intend when my term ends, or take it back; what was said before stays as history",
        tags=TAGS,
        request=IntentionBody,
        responses={200: OwnTermEntry, **MOVED},
    )
    def post(self, request: Request, appointment_id: UUID) -> Response:
        held = get_object_or_404(own_terms(self.member.person_id), pk=appointment_id)
        body = valid(IntentionBody(data=request.data))
        declared = Declared(Intent(body["intent"]), body["leaves_on"])
        done(lambda: declare_intention(held, declared, body["note"], by=self.member))
        return Response(OwnTermEntry(own_terms(self.member.person_id).get(pk=held.pk)).data)
