"""What people type when they call a case conference, bring evidence, and conclude."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sponsors.enums import Domain, EvidenceKind
from sponsors.forms.regimens import lines
from sponsors.page_links import path_inside
from sponsors.queries.conferences import Guest
from sponsors.services.conferences import Invitation, Note
from web.widgets import DateInput


class InvitationForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=300,
        widget=lines(2),
        help_text=gettext_lazy("What should the team answer? The leader reads it too."),
    )
    held_on = forms.DateField(label=gettext_lazy("Day"), widget=DateInput(), initial=timezone.localdate)
    guests = forms.MultipleChoiceField(
        label=gettext_lazy("Who comes, beside you"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, guests: Iterable[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["guests"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(str(each.person_id), _label_of(each)) for each in guests]

    def invitation(self) -> Invitation:
        values = self.cleaned_data
        return Invitation(values["question"], values["held_on"], [UUID(each) for each in values["guests"]])


def _label_of(guest: Guest) -> str:
    return f"{guest.name}: {', '.join(guest.domains) or _('immediate leader')}"


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("From"), choices=EvidenceKind.choices)
    words = forms.CharField(
        label=gettext_lazy("What it shows"),
        max_length=600,
        widget=lines(3),
        help_text=gettext_lazy("The words stay as they are. The leader reads them too."),
    )
    domain = forms.ChoiceField(label=gettext_lazy("For"), required=False)
    link = forms.CharField(
        label=gettext_lazy("Page"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "Its address, where it is a page here. Whoever opens it sees what they may see."
        ),
    )

    def __init__(
        self, *args: Any, domains: Iterable[Domain], home: str = "/", host: str = "", **kwargs: Any
    ) -> None:
        """`home`: where the pages of the organisation begin; `host`: the one they are read at."""
        super().__init__(*args, **kwargs)
        self.home, self.host = home, host
        field = self.fields["domain"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All at the conference")), *((each.value, each.label) for each in domains)]

    def clean_link(self) -> str:
        """What is kept is the path inside the organisation."""
        return path_inside(self.cleaned_data["link"], home=self.home, host=self.host)

    def note(self) -> Note:
        values = self.cleaned_data
        domain = Domain(values["domain"]) if values["domain"] else None
        return Note(EvidenceKind(values["kind"]), values["words"], domain, values["link"])


class ConclusionForm(forms.Form):
    prescription = forms.CharField(
        label=gettext_lazy("What the team recommends"),
        max_length=2000,
        widget=lines(4),
        help_text=gettext_lazy("In a few sentences. The actions go into the regimen."),
    )
    review_on = forms.DateField(label=gettext_lazy("The team looks again on"), widget=DateInput())
