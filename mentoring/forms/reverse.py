"""What is typed to arrange reverse mentoring."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.colleagues import ColleagueField
from web.forms import one_line


class ReverseForm(forms.Form):
    """A junior who mentors a senior."""

    junior = ColleagueField(label=_("Junior, who mentors, by e-mail address"))
    senior = ColleagueField(label=_("Senior, who is mentored, by e-mail address"))
    topic = forms.CharField(label=_("Topic"), max_length=160, validators=[one_line])
