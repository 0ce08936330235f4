"""A tag of the taxonomy, new or changed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.enums import TagKind
from mentoring.models.taxonomy import HEAVIEST, LIGHTEST
from web.forms import one_line


class FindTagForm(forms.Form):
    """The filter of the list; it lives in the address."""

    q = forms.CharField(
        label=_("Find a tag"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class TagForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        validators=[one_line],
        help_text=_("As mentees would say what they look for, and mentors what they can help with."),
    )
    weight = forms.IntegerField(
        label=_("Weight"),
        min_value=LIGHTEST,
        max_value=HEAVIEST,
        initial=3,
        help_text=_("1 to 9: how much it counts when interests are compared."),
    )


class NewTagForm(TagForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=TagKind.choices, widget=forms.RadioSelect)
    field_order = ("kind", "name", "weight")
