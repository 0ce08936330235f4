"""One line about a contact."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.colleagues import ColleagueField
from sponsors.enums import ContactReaders
from sponsors.services.contacts import Spoken
from web.forms import one_line, one_of
from web.widgets import DateInput


class ContactForm(forms.Form):
    about = forms.CharField(label=_("About what"), max_length=200, validators=[one_line])
    whom = ColleagueField(label=_("With whom, by e-mail address"))
    on = forms.DateField(label=_("When"), widget=DateInput(), initial=timezone.localdate)
    next_step = forms.CharField(
        label=_("What comes next"), max_length=200, required=False, validators=[one_line]
    )
    readers = one_of(list(ContactReaders), _("Who reads it"))

    def spoken(self) -> Spoken:
        return Spoken(**self.cleaned_data)
