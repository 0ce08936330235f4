"""What sponsors say about themselves, what the role is, and the filter of their list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.models import Tag
from sponsors.models.profiles import MOST_PLACES, RoleDefinition, SponsorProfile
from sponsors.services.profiles import Offer


class ProfileForm(forms.Form):
    """One's own profile. Whoever has agreed to the newest definition is not asked again."""

    offering = forms.BooleanField(
        label=_("I take new leaders"),
        required=False,
        initial=True,
        help_text=_("Without it nobody new can ask you. Those you sponsor stay."),
    )
    places = forms.IntegerField(
        label=_("Leaders I can sponsor at a time"),
        min_value=0,
        max_value=MOST_PLACES,
        initial=2,
        help_text=_("Everybody sees how many of these places are free."),
    )
    experience = forms.CharField(
        label=_("What I bring"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you have led, and what you learned from it. Leaders read this when they choose."),
    )
    tags = forms.MultipleChoiceField(
        label=_("What I can help with"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(
        label=_("I have read what a sponsor does here, and I agree to it"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        own: SponsorProfile | None,
        chosen: set[UUID],
        tags: Sequence[Tag],
        definition: RoleDefinition,
    ) -> None:
        initial: dict[str, Any] = {"version": definition.version, "tags": [str(each) for each in chosen]}
        if own is not None:
            initial |= {"offering": own.offering, "places": own.places, "experience": own.experience}
        super().__init__(data, initial=initial)
        field = self.fields["tags"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(tag.pk), tag.name) for tag in tags]
        if own is not None and own.agreed_version == definition.version:
            del self.fields["agreed"]

    def offer(self) -> Offer:
        values = self.cleaned_data
        return Offer(
            offering=values["offering"],
            experience=values["experience"],
            places=values["places"],
            tag_ids={UUID(each) for each in values["tags"]},
            agreed=values["version"] if values.get("agreed") else None,
        )


class DefinitionForm(forms.Form):
    """The version is the one the page showed."""

    words = forms.CharField(
        label=_("What a primary sponsor does here"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("An empty line begins a new paragraph. Sponsors are asked to agree to a new version."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SponsorFilter(forms.Form):
    """The filter of the sponsors' list; it lives in the address."""

    tag = forms.ChoiceField(label=_("Can help with"), required=False)
    free = forms.BooleanField(label=_("With a place free"), required=False)

    def __init__(self, data: Any, *, tags: Sequence[Tag]) -> None:
        super().__init__(data)
        field = self.fields["tag"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        by_name = sorted(tags, key=lambda tag: tag.name.casefold())
        field.choices = [("", _("Anything")), *((str(tag.pk), tag.name) for tag in by_name)]

    def asked(self) -> dict[str, Any]:
        """For the query."""
        tag = self.cleaned_data["tag"]
        return {"tag": UUID(tag) if tag else None, "only_free": self.cleaned_data["free"]}
