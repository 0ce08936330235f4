"""What profiling told somebody, over the REST API: theirs alone, and partners' who showed it themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from partnerships.api import TAGS
from partnerships.api.participants import OfParticipant
from partnerships.api.programmes import OfProgramme
from partnerships.models import Profile, ProgrammeParticipant
from partnerships.permissions import PROFILE_IS_KEPT_BY, can_keep_profile
from partnerships.queries.profiles import profile_of, profiles_kept, profiles_shown_to
from partnerships.services.profiles import drop_profile, hide_profile, keep_profile, show_profile
from people.access import demand
from people.rest.answers import MOVED, done, optional_words, valid, words_on_one_line
from people.rest.entries import ColleagueEntry


class ShownProfileEntry(serializers.ModelSerializer[Profile]):
    """What a partner shows."""

    person = ColleagueEntry(source="participant.person", read_only=True)
    file_name = serializers.CharField(
        read_only=True, help_text="Empty without a file, which is kept and read on the page."
    )

    class Meta:
        model = Profile
        fields = ["person", "instrument", "made_on", "words", "file_name"]


class OwnProfileEntry(ShownProfileEntry):
    """One's own."""

    is_shown = serializers.BooleanField(read_only=True, help_text="To those who lead the unit with you.")

    class Meta(ShownProfileEntry.Meta):
        fields = [*ShownProfileEntry.Meta.fields, "kept_on", "is_shown"]


class OwnProfileBody(serializers.Serializer[Any]):
    instrument = words_on_one_line(120, help_text="Which tool, by its name.")
    made_on = serializers.DateField(help_text="Today at the latest.")
    words = optional_words(2000, help_text="What you want to keep of it.")


class OfProfile(OfParticipant):
    """An endpoint of one's own profile; 403 for whoever runs the programme, 404 for all others."""

    def find_own(self, programme_id: UUID, participant_id: UUID) -> ProgrammeParticipant:
        found = self.find_participant(programme_id, participant_id)
        demand(can_keep_profile(self.member, found), PROFILE_IS_KEPT_BY)
        return found


class ProfileView(OfProfile):
    @extend_schema(
        operation_id="programme_profile",
        summary="What profiling told me",
        description="For whom it is about and nobody else; 404 where nothing is kept.",
        tags=TAGS,
        responses=OwnProfileEntry,
    )
    def get(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        kept = profile_of(self.find_own(programme_id, participant_id))
        if kept is None:
            raise NotFound
        return Response(OwnProfileEntry(kept).data)

    @extend_schema(
        operation_id="keep_programme_profile",
        summary="Keep with which tool I was profiled, and what I want to keep of it",
        description="For yourself alone, until you show it. A file that is kept stays.",
        tags=TAGS,
        request=OwnProfileBody,
        responses={200: OwnProfileEntry, **MOVED},
    )
    def put(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        found = self.find_own(programme_id, participant_id)
        body = valid(OwnProfileBody(data=request.data))
        made = done(lambda: keep_profile(found, **body, file=None, by=self.member))
        return Response(OwnProfileEntry(made).data)

    @extend_schema(
        operation_id="drop_programme_profile",
        summary="Take my profile away for good, with its file",
        tags=TAGS,
        responses={204: None, **MOVED},
    )
    def delete(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        found = self.find_own(programme_id, participant_id)
        done(lambda: drop_profile(found, by=self.member))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ShowProfileView(OfProfile):
    @extend_schema(
        operation_id="show_programme_profile",
        summary="Show my profile to those who lead the unit with me today, who are told",
        tags=TAGS,
        request=None,
        responses={200: OwnProfileEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        found = self.find_own(programme_id, participant_id)
        return Response(OwnProfileEntry(done(lambda: show_profile(found, by=self.member))).data)


class HideProfileView(OfProfile):
    @extend_schema(
        operation_id="hide_programme_profile",
        summary="Take it back: from now on it is for me alone",
        tags=TAGS,
        request=None,
        responses={200: OwnProfileEntry, **MOVED},
    )
    def post(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        found = self.find_own(programme_id, participant_id)
        return Response(OwnProfileEntry(done(lambda: hide_profile(found, by=self.member))).data)


class ShownProfilesView(OfProfile):
    @extend_schema(
        operation_id="programme_shown_profiles",
        summary="What partners show me of their profiles",
        tags=TAGS,
        responses=ShownProfileEntry(many=True),
    )
    def get(self, request: Request, programme_id: UUID, participant_id: UUID) -> Response:
        shown = profiles_shown_to(self.find_own(programme_id, participant_id))
        return Response(ShownProfileEntry(shown, many=True).data)


class ProfilesKeptEntry(serializers.Serializer[Any]):
    """The same number twice where it may be told exactly; null where too few take part."""

    at_least = serializers.IntegerField(allow_null=True)
    at_most = serializers.IntegerField(allow_null=True)


class ProfilesKeptView(OfProgramme):
    @extend_schema(
        operation_id="programme_profiles_kept",
        summary="Between which numbers lies how many keep a profile, as in the case report",
        tags=TAGS,
        responses=ProfilesKeptEntry,
    )
    def get(self, request: Request, programme_id: UUID) -> Response:
        low, high = profiles_kept(self.find(programme_id)) or (None, None)
        return Response(ProfilesKeptEntry({"at_least": low, "at_most": high}).data)
