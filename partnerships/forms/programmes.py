"""What people type about a partnership programme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partnerships.enums import ArtefactKind, AuditPoint
from partnerships.models import PartnershipProgramme
from partnerships.queries.audits import audit_waves
from partnerships.queries.exceptions import Gap, gaps_of
from partnerships.queries.programmes import named_by_partners, partnerships_to_bring
from partnerships.services.programmes import Outline
from passport.evidence_files import CONTENT_TYPES, check_evidence_file
from people.colleagues import ColleagueField
from people.models import Unit
from people.unit_field import UnitField, offer_units
from surveys.models import Wave
from web.forms import one_line, one_of
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


class PartnershipChoices(ModelChoiceIterator):  # type: ignore[type-arg]  # as PartnershipField
    """The words alone: of hundreds one is chosen, and loaded then."""

    def __iter__(self) -> Iterator[tuple[ModelChoiceIteratorValue | str, str]]:
        yield "", str(self.field.empty_label)
        for partnership, unit, names in named_by_partners(self.queryset, on=timezone.localdate()):
            yield str(partnership), f"{unit}: {', '.join(names)}"


class PartnershipField(forms.ModelChoiceField):  # type: ignore[type-arg]  # of Partnership; Django's stub is generic, the class is not
    """By the unit and the names of the partners."""

    iterator = PartnershipChoices


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

    which = one_of(list(AuditPoint), _("Which audit"))
    wave: forms.ModelChoiceField[Wave] = forms.ModelChoiceField(
        queryset=None, label=_("Survey"), empty_label=_("Choose a survey")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["wave"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = audit_waves()


class AwayDayForm(ProgrammeForm):
    title = forms.CharField(label=_("What it is about"), max_length=200, validators=[one_line])
    due_on = forms.DateField(label=_("Day"), widget=DateInput())


class ArtefactForm(ProgrammeForm):
    """The revision is the one the page showed."""

    kind = forms.ChoiceField(choices=ArtefactKind.choices, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("In your words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_kind(self) -> ArtefactKind:
        return ArtefactKind(self.cleaned_data["kind"])


class PlanPhaseForm(ProgrammeForm):
    due_on = forms.DateField(label=_("Day"), widget=DateInput())
    owner = ColleagueField(label=_("Who sees to it, by e-mail address"))


class FinishPhaseForm(ProgrammeForm):
    """`present` holds participants; it is looked at where it matters who was there."""

    over_on = forms.DateField(label=_("It took place on"), widget=DateInput(), initial=timezone.localdate)
    present = forms.TypedMultipleChoiceField(
        label=_("Who was there"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever is not ticked missed it, and is followed up."),
    )
    words = forms.CharField(
        label=_("What came of it"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All who take part read it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["present"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [
            (str(each.pk), each.person.name)
            for each in self.programme.participants_by_name
            if each.left_on is None
        ]


class DropPhaseForm(ProgrammeForm):
    words = forms.CharField(
        label=_("Why it does not take place"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class CoachForm(ProgrammeForm):
    coach = ColleagueField(label=_("Coach, by e-mail address"))


class CoachingForm(ProgrammeForm):
    held_on = forms.DateField(label=_("A session on"), widget=DateInput(), initial=timezone.localdate)


class ProfileForm(ProgrammeForm):
    """The name of a tool and a day; the rest is up to whom it is about."""

    instrument = forms.CharField(
        label=_("Which tool"),
        max_length=120,
        validators=[one_line],
        help_text=_("By its name, whichever it was."),
    )
    made_on = forms.DateField(label=_("Done on"), widget=DateInput(), initial=timezone.localdate)
    words = forms.CharField(
        label=_("What I want to keep of it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In your own words: what was true, what helps others to work with you."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, PNG or JPEG, up to 10 MB. A new one takes the place of the old one."),
        widget=forms.FileInput(attrs={"accept": ",".join(CONTENT_TYPES)}),
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is not None:
            check_evidence_file(upload)
        return upload


class OutcomeForm(ProgrammeForm):
    title = forms.CharField(
        label=_("What is looked at"),
        max_length=200,
        validators=[one_line],
        help_text=_("For example: turnover of nurses, both partners still in their role, waiting time."),
    )
    before = forms.CharField(label=_("How it stands now"), max_length=100, validators=[one_line])


class MeasureForm(ProgrammeForm):
    after = forms.CharField(label=_("How it stands now"), max_length=100, validators=[one_line])
    measured_on = forms.DateField(label=_("Day"), widget=DateInput(), initial=timezone.localdate)
    source = forms.CharField(
        label=_("Where it is from"),
        max_length=200,
        help_text=_("A register, a report, a page: so that others find it."),
    )


class FollowUpForm(ProgrammeForm):
    """`gap`: who missed what, as the page offers it; `gaps`: all there are, where they are at hand."""

    gap = forms.ChoiceField(label=_("Who missed what"))
    owner = ColleagueField(label=_("Who sees to it, by e-mail address"))
    words = forms.CharField(label=_("What is to be done"), max_length=300)

    def __init__(self, *args: Any, gaps: list[Gap] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = gaps_of(self.programme) if gaps is None else gaps
        self.gaps = {gap.key: gap for gap in found if gap.exception is None}
        field = self.fields["gap"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(key, gap.words) for key, gap in self.gaps.items()]

    def clean_gap(self) -> Gap:
        return self.gaps[self.cleaned_data["gap"]]


class SettleForm(ProgrammeForm):
    ending = forms.CharField(label=_("How it ended"), max_length=300)
