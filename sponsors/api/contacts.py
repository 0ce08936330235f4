"""The light log of contacts over the REST API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from people.access import demand
from people.rest.answers import MOVED, ONE_LINE, colleague, done, optional_words, valid, words
from people.rest.entries import ColleagueEntry
from people.rest.views import MemberAPIView
from sponsors.api import TAGS
from sponsors.api.charts import OfLeader
from sponsors.enums import ContactReaders
from sponsors.models import Contact
from sponsors.permissions import CONTACTS_ARE_FOR, can_log_contact
from sponsors.queries.contacts import contacts_by, contacts_shown_to
from sponsors.services.contacts import Spoken, log_contact, remove_contact

MOST = 200


class ContactEntry(serializers.ModelSerializer[Contact]):
    leader = ColleagueEntry(read_only=True, help_text="In whose clinic it stands.")
    author = ColleagueEntry(read_only=True)
    whom = ColleagueEntry(read_only=True)
    readers = serializers.ChoiceField(choices=ContactReaders.choices, read_only=True)

    class Meta:
        model = Contact
        fields = ["id", "leader", "author", "whom", "on", "about", "next_step", "readers"]


class ContactBody(serializers.Serializer[Any]):
    whom = serializers.UUIDField()
    on = serializers.DateField(help_text="A day of the last twelve months.")
    about = words(200)
    next_step = optional_words(200, ONE_LINE)
    readers = serializers.ChoiceField(choices=ContactReaders.choices, default=ContactReaders.MINE)


class ContactsView(OfLeader):
    @extend_schema(
        operation_id="contacts",
        summary="Contacts in a leader's clinic that I may read, the latest 200",
        description="One's own, and what was shared with the seat.",
        tags=TAGS,
        responses=ContactEntry(many=True),
    )
    def get(self, request: Request, person_id: UUID) -> Response:
        _leader, seat = self.find(person_id)
        demand(can_log_contact(seat), CONTACTS_ARE_FOR)
        return Response(ContactEntry(contacts_shown_to(seat)[:MOST], many=True).data)

    @extend_schema(
        operation_id="log_contact",
        summary="Log a contact, as the leader or the team",
        tags=TAGS,
        request=ContactBody,
        responses={201: ContactEntry, **MOVED},
    )
    def post(self, request: Request, person_id: UUID) -> Response:
        leader, seat = self.find(person_id)
        demand(can_log_contact(seat), CONTACTS_ARE_FOR)
        body = valid(ContactBody(data=request.data))
        spoken = Spoken(
            whom=colleague("whom", body["whom"]),
            on=body["on"],
            about=body["about"],
            next_step=body["next_step"],
            readers=ContactReaders(body["readers"]),
        )
        made = done(lambda: log_contact(leader, spoken, by=self.member))
        return Response(ContactEntry(made).data, status=status.HTTP_201_CREATED)


class OwnContactsView(MemberAPIView):
    @extend_schema(
        operation_id="my_contacts",
        summary="What I logged, the latest 200",
        tags=TAGS,
        responses=ContactEntry(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(ContactEntry(contacts_by(self.member.person_id)[:MOST], many=True).data)


class ContactView(MemberAPIView):
    @extend_schema(
        operation_id="remove_contact", summary="Take out a contact of mine", tags=TAGS, responses={204: None}
    )
    def delete(self, request: Request, contact_id: UUID) -> Response:
        found = contacts_by(self.member.person_id).filter(pk=contact_id).first()
        if found is None:
            raise NotFound
        remove_contact(found, by=self.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
