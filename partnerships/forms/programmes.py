"""What people type about a partnership programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerships.enums import AuditPoint
from partnerships.models import Partnership, PartnershipProgramme
from partnerships.queries.audits import audit_waves
from partnerships.queries.programmes import partnerships_to_bring
from partnerships.services.programmes import Outline
from people.colleagues import ColleagueField
from people.models import Unit
from people.unit_field import UnitField, offer_units
from surveys.models import Wave
from web.forms import one_line
from web.widgets import DateInput

DONE_BEFORE = _("Which programme of the kind they did themselves")


class BeginForm(forms.Form):
    """A new programme. Its partnerships are brought in on its page."""

    title = forms.CharField(label=_("Name of the programme"), max_length=200, validators=[one_line])
    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What is to be better in a year, for those who work here and for patients."),
    )
    unit = UnitField(
        label=_("Where"),
        anywhere=_("Choose a unit"),
        help_text=_("Partnerships of this unit and of everything below it can take part."),
    )
    start_date = forms.DateField(label=_("First day"), widget=DateInput(), initial=timezone.localdate)
    lead = ColleagueField(label=_("Who runs it, by e-mail address"))
    sponsor = ColleagueField(
        label=_("Executive sponsor, by e-mail address"),
        help_text=_("An executive who goes through it with the partners. You can bring in more."),
    )
    done_before = forms.CharField(label=DONE_BEFORE, max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self)

    def clean_unit(self) -> Unit:
        unit = self.cleaned_data["unit"]
        if unit is None:
            raise ValidationError(_now("Choose the unit in which it takes place."))
        found: Unit = unit
        return found

    def outline(self) -> Outline:
        return Outline(**self.cleaned_data)


class PartnershipField(forms.ModelChoiceField):  # type: ignore[type-arg]  # of Partnership; Django's stub is generic, the class is not
    """By the unit and the names of the partners."""

    def label_from_instance(self, obj: Partnership) -> str:
        return f"{obj.unit.name}: {', '.join(each.person.name for each in obj.current)}"


class ProgrammeForm(forms.Form):
    """What is typed on a programme's page; by itself a button alone."""

    def __init__(self, *args: Any, programme: PartnershipProgramme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme


class BringPartnershipForm(ProgrammeForm):
    partnership = PartnershipField(
        queryset=None, label=_("Partnership"), empty_label=_("Choose a partnership")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partnership"]
        assert isinstance(field, PartnershipField)  # noqa: S101 - declared above
        field.queryset = partnerships_to_bring(self.programme, on=timezone.localdate())


class BringSponsorForm(ProgrammeForm):
    person = ColleagueField(label=_("Executive, by e-mail address"))
    done_before = forms.CharField(label=DONE_BEFORE, max_length=200, required=False)


class AuditForm(ProgrammeForm):
    """Which survey was which audit."""

    which = forms.ChoiceField(label=_("Which audit"), choices=AuditPoint.choices)
    wave: forms.ModelChoiceField[Wave] = forms.ModelChoiceField(
        queryset=None, label=_("Survey"), empty_label=_("Choose a survey")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["wave"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = audit_waves()

    def clean_which(self) -> AuditPoint:
        return AuditPoint(self.cleaned_data["which"])
