"""Notes of a session over the REST API, for those of the three circles of readers whom each is for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.sessions import OfSession
from mentoring.enums import NoteFor
from mentoring.models import Mentorship, Session
from mentoring.permissions import SESSION_IS_KEPT_BY, can_keep_sessions
from mentoring.queries.sessions import notes_shown_to
from mentoring.services.sessions import write_note
from people.access import demand
from people.rest.answers import done, optional_words, valid


class NoteEntry(serializers.Serializer[Any]):
    """Somebody's words about a session."""

    author = serializers.UUIDField(source="author_id", read_only=True)
    name = serializers.CharField(source="author", read_only=True)
    readers = serializers.ChoiceField(choices=NoteFor.choices, read_only=True)
    words = serializers.CharField(source="text", read_only=True)
    written_at = serializers.DateTimeField(read_only=True)


class Note(serializers.Serializer[Any]):
    """One has one note for each circle of readers."""

    readers = serializers.ChoiceField(choices=NoteFor.choices)
    words = optional_words(5000, help_text="Without words the note is deleted.")


class NotesView(OfSession):
    @extend_schema(
        operation_id="mentoring_notes",
        summary="The notes of a session that I may read",
        tags=TAGS,
        responses=NoteEntry(many=True),
    )
    def get(self, request: Request, mentorship_id: UUID, session_id: UUID) -> Response:
        return self.shown(*self.find_session(mentorship_id, session_id))

    @extend_schema(
        operation_id="write_mentoring_note",
        summary="Keep my own note for one circle of readers",
        tags=TAGS,
        request=Note,
        responses=NoteEntry(many=True),
    )
    def put(self, request: Request, mentorship_id: UUID, session_id: UUID) -> Response:
        found, session = self.find_session(mentorship_id, session_id)
        demand(can_keep_sessions(self.member, found), SESSION_IS_KEPT_BY)
        body = valid(Note(data=request.data))
        readers = NoteFor(body["readers"])
        done(lambda: write_note(session, body["words"], readers=readers, by=self.member))
        return self.shown(found, session)

    def shown(self, found: Mentorship, session: Session) -> Response:
        notes = notes_shown_to(self.member.person_id, session, found)
        return Response(NoteEntry(notes, many=True).data)
