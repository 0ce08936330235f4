"""One's own profile as a mentor, and the mentors of the organisation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.availability.half_hours import HORIZON
from mentoring.enums import Tier
from mentoring.forms.calendars import CalendarFileForm, FeedForm
from mentoring.forms.profiles import MentorFilterForm, ProfileForm, ZoneForm, week_form
from mentoring.forms.tags import TAG_GROUPS
from mentoring.languages import language_names
from mentoring.models import MentorProfile
from mentoring.queries.profiles import expertise_of, mentors, profile_of, tiers_open_to
from mentoring.queries.taxonomy import tags_in_use
from mentoring.services.calendars import masked_address
from mentoring.services.hours import hours_of, save_hours
from mentoring.services.profiles import places_field, save_profile
from mentoring.tiers import WHO_OFFERS
from people.access import MemberRequest, member_view
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import SHORT, keyset_page
from web.shell import Crumb, Link

PLACES_AT_FIRST = 3


@member_view
def profile(request: MemberRequest) -> HttpResponse:
    """What I offer as a mentor."""
    own = profile_of(request.member.person_id)
    form = profile_form(request, own)
    if request.method == "POST" and form.is_valid():
        try:
            save_profile(form.offer(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("mentoring:profile" if own else "mentoring:hours", request.organization.slug)
    context = {
        "form": form,
        "groups": [form[kind.value] for kind in TAG_GROUPS],
        "places": [form[places_field(tier)] for tier in form.tiers],
        "rule": [(tier.label, WHO_OFFERS[tier]) for tier in Tier],
        "own": own,
        "tabs": tabs(request, own),
        "breadcrumbs": [Crumb(_("My profile as a mentor"))],
    }
    return render(request, "mentoring/profile.html", context, status=status_of(form))


def profile_form(request: MemberRequest, own: MentorProfile | None) -> ProfileForm:
    """Asks about the tiers open to the member, and about places in others, which may be given up."""
    open_tiers = tiers_open_to(request.member.person_id, on=timezone.localdate())
    rows = {Tier(row.tier): row.places for row in own.capacities.all()} if own else {}
    asked = [tier for tier in Tier if tier in open_tiers or rows.get(tier)]
    places = {tier: rows.get(tier, 0 if own else PLACES_AT_FIRST) for tier in asked}
    fields = ("offering", "about", "languages", "formats")
    first = {name: getattr(own, name) for name in fields} if own else {"offering": True}
    return ProfileForm(
        request.POST or None,
        tags=list(tags_in_use()),
        chosen=expertise_of(own),
        places=places,
        initial=first,
    )


@member_view
def hours(request: MemberRequest) -> HttpResponse:
    """When I can be met, week by week."""
    own = profile_of(request.member.person_id)
    if own is None:
        messages.info(request, _("First say what you offer as a mentor."))
        return redirect("mentoring:profile", request.organization.slug)
    zone = ZoneForm(
        request.POST or None, default=request.organization.time_zone, initial={"time_zone": own.time_zone}
    )
    week = week_form(request.POST or None, hours_of(own))
    if request.method == "POST" and zone.is_valid() and week.is_valid():
        try:
            saved = save_hours(week.hours(), time_zone=zone.cleaned_data["time_zone"], by=request.member)
        except ValidationError as error:
            zone.add_error(None, error)
        else:
            messages.success(request, _("Saved. Free half-hours: %(count)d.") % {"count": saved.free_slots})
            return redirect("mentoring:hours", request.organization.slug)
    return hours_page(request, own, zone=zone, week=week)


def hours_page(request: MemberRequest, own: MentorProfile, **forms: Any) -> HttpResponse:
    """The page of hours, also when it comes back with a form that was refused."""
    zone = forms.get("zone") or ZoneForm(
        None, default=request.organization.time_zone, initial={"time_zone": own.time_zone}
    )
    week = forms.get("week") or week_form(None, hours_of(own))
    refused = any(form.is_bound and not form.is_valid() for form in forms.values())
    context = {
        "own": own,
        "weeks": HORIZON.days // 7,
        "address": masked_address(own),
        "feed_form": FeedForm(),
        "file_form": CalendarFileForm(),
        **forms,
        "zone": zone,
        "week": week,
        "tabs": tabs(request, own, hours=True),
        "breadcrumbs": [
            Crumb(
                _("My profile as a mentor"), reverse("mentoring:profile", args=[request.organization.slug])
            ),
            Crumb(_("When I can be met")),
        ],
    }
    return render(request, "mentoring/hours.html", context, status=422 if refused else 200)


def tabs(request: MemberRequest, own: MentorProfile | None, *, hours: bool = False) -> list[Link]:
    """The two parts of a profile; the second one needs the first."""
    slug = request.organization.slug
    offer = Link(
        _("What I offer"), reverse("mentoring:profile", args=[slug]), "user-heart", current=not hours
    )
    when = Link(_("When I can be met"), reverse("mentoring:hours", args=[slug]), "clock", current=hours)
    return [offer, when] if own else [offer]


@member_view
def mentor_list(request: MemberRequest) -> HttpResponse:
    """Who mentors here, by tag and tier. Every member sees the cards."""
    form = MentorFilterForm(request.GET, tags=list(tags_in_use()))
    if form.is_valid():
        found = mentors(on=timezone.localdate(), tag=form.tag_id(), tier=form.tier_name())
    else:
        found = MentorProfile.objects.none()
    page = keyset_page(request, found, order=("person__search_key", "pk"), size=SHORT)
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "cards": [(mentor, language_names(mentor.languages)) for mentor in page],
        "breadcrumbs": [Crumb(_("Mentors"))],
    }
    return render_page(request, "mentoring/mentors.html", context, partial="list", status=status_of(form))
