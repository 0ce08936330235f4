"""One's own profile as a mentor over the REST API, and the mentors of the organisation."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from mentoring.api import TAGS
from mentoring.api.hours import OwnProfile
from mentoring.api.tags import TagEntry
from mentoring.enums import AvailabilitySource, MeetingFormat, Tier
from mentoring.languages import LANGUAGES
from mentoring.models import Capacity, Expertise, MentorProfile
from mentoring.models.profiles import MOST_PLACES
from mentoring.queries.profiles import expertise_of, mentors, tiers_open_to
from mentoring.queries.taxonomy import tags_in_use
from mentoring.services.calendars import masked_address
from mentoring.services.profiles import MOST_EXPERTISE, Offer, places_field, save_profile
from people.rest.answers import MOVED, done, optional_words, valid
from people.rest.entries import ColleagueEntry
from people.rest.pagination import KeysetPages
from people.rest.views import MemberListAPIView


class PlacesEntry(serializers.ModelSerializer[Capacity]):
    """Places in a tier, and how many of them are taken."""

    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)

    class Meta:
        model = Capacity
        fields = ["tier", "places", "taken"]


class ProfileEntry(serializers.Serializer[Any]):
    """One's own profile. The hours are an endpoint of their own."""

    offering = serializers.BooleanField(read_only=True, help_text="Takes new mentees.")
    about = serializers.CharField(read_only=True)
    languages = serializers.ListField(child=serializers.CharField(), read_only=True)
    formats = serializers.ListField(
        child=serializers.ChoiceField(choices=MeetingFormat.choices), read_only=True
    )
    tags = TagEntry(many=True, read_only=True)
    places = PlacesEntry(many=True, read_only=True)
    open_tiers = serializers.ListField(
        child=serializers.ChoiceField(choices=Tier.choices),
        read_only=True,
        help_text="In which more places can be offered today.",
    )
    counted_from = serializers.ChoiceField(
        source="source",
        choices=AvailabilitySource.choices,
        read_only=True,
        help_text="What the free half-hours are counted from.",
    )
    calendar = serializers.CharField(read_only=True, help_text="Enough to know the address again, or empty.")


def some_places() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, max_value=MOST_PLACES, required=False)


class Profile(serializers.Serializer[Any]):
    """What is left out of places stays as it is."""

    offering = serializers.BooleanField()
    about = optional_words(600, help_text="For people to read. The matching does not read it.")
    languages = serializers.ListField(child=serializers.ChoiceField(choices=list(LANGUAGES.items())))
    formats = serializers.ListField(child=serializers.ChoiceField(choices=MeetingFormat.choices))
    tags = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_EXPERTISE)
    places_peer = some_places()
    places_senior = some_places()
    places_chair = some_places()


class ProfileView(OwnProfile):
    @extend_schema(
        operation_id="my_mentor_profile",
        summary="What I offer as a mentor",
        tags=TAGS,
        responses=ProfileEntry,
    )
    def get(self, request: Request) -> Response:
        own = self.own()
        open_tiers = tiers_open_to(own.person_id, on=timezone.localdate())
        fields = ("offering", "about", "languages", "formats", "source")
        told = {
            **{name: getattr(own, name) for name in fields},
            "tags": tags_in_use().filter(pk__in=expertise_of(own)),
            "places": own.capacities.all(),
            "open_tiers": [tier for tier in Tier if tier in open_tiers],
            "calendar": masked_address(own),
        }
        return Response(ProfileEntry(told).data)

    @extend_schema(
        operation_id="save_mentor_profile",
        summary="Make or change my profile as a mentor",
        tags=TAGS,
        request=Profile,
        responses={200: ProfileEntry, **MOVED},
    )
    def put(self, request: Request) -> Response:
        body = valid(Profile(data=request.data))
        offer = Offer(
            offering=body["offering"],
            about=body["about"],
            languages=set(body["languages"]),
            formats={MeetingFormat(each) for each in body["formats"]},
            tag_ids=body["tags"],
            places={tier: body[places_field(tier)] for tier in Tier if places_field(tier) in body},
        )
        done(lambda: save_profile(offer, by=self.member))
        return self.get(request)


class OfferedTag(serializers.ModelSerializer[Expertise]):
    id = serializers.UUIDField(source="tag.pk", read_only=True)
    name = serializers.CharField(source="tag.name", read_only=True)

    class Meta:
        model = Expertise
        fields = ["id", "name"]


class OpenTier(serializers.ModelSerializer[Capacity]):
    tier = serializers.ChoiceField(choices=Tier.choices, read_only=True)
    has_place = serializers.SerializerMethodField(help_text="Whether a place is free.")

    class Meta:
        model = Capacity
        fields = ["tier", "has_place"]

    def get_has_place(self, capacity: Capacity) -> bool:
        return capacity.free > 0


class MentorEntry(serializers.ModelSerializer[MentorProfile]):
    """Somebody who mentors, as on the card that every member sees."""

    person = ColleagueEntry(read_only=True)
    job_title = serializers.CharField(source="person.job_title", read_only=True)
    unit = serializers.CharField(source="person.unit.name", read_only=True)
    formats = serializers.ListField(
        child=serializers.ChoiceField(choices=MeetingFormat.choices), read_only=True
    )
    tags = OfferedTag(source="expertise", many=True, read_only=True)
    tiers = OpenTier(source="capacities", many=True, read_only=True)

    class Meta:
        model = MentorProfile
        fields = ["person", "job_title", "unit", "about", "languages", "formats", "tags", "tiers"]


class MentorQuestion(serializers.Serializer[Any]):
    tag = serializers.UUIDField(required=False, help_text="Who can help with it.")
    tier = serializers.ChoiceField(choices=Tier.choices, required=False)


class MentorPages(KeysetPages):
    ordering = ("search_key", "id")


class MentorsView(MemberListAPIView):
    serializer_class = MentorEntry
    pagination_class = MentorPages

    def get_queryset(self) -> QuerySet[MentorProfile]:
        asked = valid(MentorQuestion(data=self.request.query_params))
        found = mentors(on=timezone.localdate(), tag=asked.get("tag"), tier=asked.get("tier"))
        return found.annotate(search_key=F("person__search_key"))

    @extend_schema(
        operation_id="mentors",
        summary="Who mentors here, and what they can help with",
        tags=TAGS,
        parameters=[MentorQuestion],
    )
    def get(self, request: Request) -> Response:
        return self.list(request)
