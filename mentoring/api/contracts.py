"""The contract of a mentorship over the REST API: reading, drafting, changing, signing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.mentorships import OfMentorship
from mentoring.milestones import milestone_options
from mentoring.models import Contract, Deliverable, Mentorship
from mentoring.models.contracts import MOST_DELIVERABLES
from mentoring.permissions import CONTRACT_IS_MADE_BY, can_make_contract, can_read_draft
from mentoring.queries.contracts import contract_in_force, draft_of
from mentoring.services.contracts import (
    Line,
    Terms,
    change_contract,
    discard_draft,
    draft_contract,
    sign_contract,
)
from people.access import demand
from people.rest.answers import MOVED, RefusedValues, done, valid, words


class LineEntry(serializers.ModelSerializer[Deliverable]):
    milestone = serializers.UUIDField(read_only=True, allow_null=True)

    class Meta:
        model = Deliverable
        fields = ["id", "title", "due_on", "milestone"]


class ContractEntry(serializers.ModelSerializer[Contract]):
    """A version; `revision` counts the changes of a draft, and one signs the one that one has read."""

    deliverables = serializers.SerializerMethodField()

    class Meta:
        model = Contract
        fields = [
            *("version", "revision", "purpose", "rhythm", "confidentiality", "deliverables"),
            *("drafted_at", "mentor_signed_at", "mentee_signed_at"),
        ]

    @extend_schema_field(LineEntry(many=True))
    def get_deliverables(self, contract: Contract) -> Any:
        return LineEntry(contract.deliverables.order_by("position"), many=True).data


class ContractsEntry(serializers.Serializer[Any]):
    """What is in force, and the next version. A draft is read by the two alone."""

    in_force = ContractEntry(read_only=True, allow_null=True)
    has_draft = serializers.BooleanField(read_only=True)
    draft = ContractEntry(read_only=True, allow_null=True)


class TermsBody(serializers.Serializer[Any]):
    purpose = words(2000)
    rhythm = words(1000)
    confidentiality = words(2000)


def terms_of(body: dict[str, Any]) -> Terms:
    return Terms(body["purpose"], body["rhythm"], body["confidentiality"])


class LineBody(serializers.Serializer[Any]):
    id = serializers.UUIDField(
        required=False, allow_null=True, help_text="Of one that the draft has already."
    )
    title = words(120)
    due_on = serializers.DateField()
    milestone = serializers.UUIDField(
        required=False, allow_null=True, help_text="Which it serves in the Passport."
    )


class Revision(serializers.Serializer[Any]):
    revision = serializers.IntegerField(min_value=1, help_text="The one that was read.")


class ContractBody(TermsBody, Revision):
    deliverables = serializers.ListField(child=LineBody(), max_length=MOST_DELIVERABLES)


def lines_in(rows: list[dict[str, Any]]) -> list[Line]:
    """The deliverables of a body; 422 at those that serve no milestone of today."""
    offered = {option.key for option in milestone_options()}
    unknown = {"milestone": [_("There is no such milestone.")]}
    faults = [unknown if row.get("milestone") not in {None, *offered} else {} for row in rows]
    if any(faults):
        raise RefusedValues({"deliverables": faults})
    return [Line(row["title"], row["due_on"], row.get("milestone"), row.get("id")) for row in rows]


class ContractView(OfMentorship):
    @extend_schema(
        operation_id="mentoring_contract",
        summary="The contract of a mentorship",
        tags=TAGS,
        responses=ContractsEntry,
    )
    def get(self, request: Request, mentorship_id: UUID) -> Response:
        found = self.find(mentorship_id)
        draft = draft_of(found.pk)
        told = {
            "in_force": contract_in_force(found.pk),
            "has_draft": draft is not None,
            "draft": draft if can_read_draft(self.member, found) else None,
        }
        return Response(ContractsEntry(told).data)


class OfDraft(OfMentorship):
    """An endpoint of the draft of a contract; 404 where there is none."""

    def find_draft(self, mentorship_id: UUID) -> Contract:
        found = self.find_own(mentorship_id)
        draft = draft_of(found.pk)
        if draft is None:
            raise NotFound
        draft.mentorship = found
        return draft

    def find_own(self, mentorship_id: UUID) -> Mentorship:
        found = self.find(mentorship_id)
        demand(can_make_contract(self.member, found), CONTRACT_IS_MADE_BY)
        return found


class DraftView(OfDraft):
    @extend_schema(
        operation_id="draft_mentoring_contract",
        summary="Begin the next version, or go on with the one being drafted",
        tags=TAGS,
        request=None,
        responses={200: ContractEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        found = self.find_own(mentorship_id)
        return Response(ContractEntry(done(lambda: draft_contract(found, by=self.member))).data)

    @extend_schema(
        operation_id="change_mentoring_contract",
        summary="Change the draft; what one side has signed they sign again",
        tags=TAGS,
        request=ContractBody,
        responses={200: ContractEntry, **MOVED},
    )
    def put(self, request: Request, mentorship_id: UUID) -> Response:
        draft, body = self.find_draft(mentorship_id), valid(ContractBody(data=request.data))
        terms, lines = terms_of(body), lines_in(body["deliverables"])
        changed = done(
            lambda: change_contract(draft, terms, lines, revision=body["revision"], by=self.member)
        )
        return Response(ContractEntry(changed).data)

    @extend_schema(
        operation_id="discard_mentoring_contract",
        summary="Throw the draft away; a version in force stays in force",
        tags=TAGS,
        responses={204: None, **MOVED},
    )
    def delete(self, request: Request, mentorship_id: UUID) -> Response:
        draft = self.find_draft(mentorship_id)
        done(lambda: discard_draft(draft, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SignView(OfDraft):
    @extend_schema(
        operation_id="sign_mentoring_contract",
        summary="Sign the draft; with the second signature it is in force",
        tags=TAGS,
        request=Revision,
        responses={200: ContractEntry, **MOVED},
    )
    def post(self, request: Request, mentorship_id: UUID) -> Response:
        draft, body = self.find_draft(mentorship_id), valid(Revision(data=request.data))
        signed = done(lambda: sign_contract(draft, revision=body["revision"], by=self.member))
        return Response(ContractEntry(signed).data)
