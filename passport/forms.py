"""What people type into a Passport."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passport.badges.tokens import LONGEST
from passport.evidence_files import CONTENT_TYPES, check_evidence_file
from passport.models import Stage
from passport.services import Evidence
from people.enums import Profession
from surveys.enums import Dimension
from web.widgets import DateInput


class EvidenceForm(forms.Form):
    """What a person shows for a milestone: words, a link or a file, at least one of them."""

    earned_on = forms.DateField(label=_("Reached on"), widget=DateInput())
    statement = forms.CharField(
        label=_("What you did"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Your part, and who can confirm it. No patient data."),
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("A document or page that shows it."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, PNG or JPEG, up to 10 MB. No patient data."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(CONTENT_TYPES)}),
    )
    prior_learning = forms.BooleanField(
        label=_("I reached this before, or outside this programme"), required=False
    )

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(gettext("A link begins with https:// or http://."))
        return link

    def clean_file(self) -> UploadedFile[bytes] | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is not None:
            check_evidence_file(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not any(values.get(name) for name in ("statement", "link", "file")):
            raise forms.ValidationError(gettext("Describe what you did, or add a link or a file."))
        return values

    def evidence(self) -> Evidence:
        values = self.cleaned_data
        return Evidence(
            earned_on=values["earned_on"],
            statement=values["statement"],
            link=values["link"],
            file=values["file"],
            prior_learning=values["prior_learning"],
        )


class ReplaceForm(forms.Form):
    """Another file for one that was refused."""

    file = forms.FileField(
        label=_("Another file"),
        required=False,
        help_text=_("PDF, PNG or JPEG, up to 10 MB. No patient data."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(CONTENT_TYPES)}),
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is not None:
            check_evidence_file(upload)
        return upload


class DecisionForm(forms.Form):
    """A verifier's note; a decline needs one."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Shown to the person. Needed if you decline: what is missing?"),
    )


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class SeveralFilesField(forms.FileField):
    """Files chosen or dropped at once; none are an empty list."""

    widget = SeveralFiles(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        return [super(SeveralFilesField, self).clean(each, initial) for each in data or []]


class BadgeCheckForm(forms.Form):
    """A badge that somebody was shown, and what else they have of it."""

    token = forms.CharField(
        label=_("The badge"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        help_text=_("The text of the .jwt file: three parts with dots between."),
    )
    papers = SeveralFilesField(
        label=_("Or its files"),
        required=False,
        help_text=_(
            "The .jwt file; and for a badge of another site its issuer's keys (jwks.json) and status list."
        ),
    )
    email = forms.EmailField(
        label=_("Whose it is said to be"),
        required=False,
        help_text=_(
            "Their e-mail address. The badge does not name it, and only proves it to whoever knows it."
        ),
    )

    def texts(self) -> list[str]:
        """All that was handed in, as text."""
        return [self.cleaned_data["token"], *map(text_of, self.cleaned_data["papers"])]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["token"].strip() and not cleaned["papers"]:
            self.add_error("token", gettext("Paste the badge, or choose its file."))
        return cleaned


def text_of(upload: UploadedFile[bytes]) -> str:
    """What a file says, as far as it is text."""
    return str(upload.read(), "utf-8", "replace")


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class StageForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Stage
        fields = ["name", "focus"]
        labels = {"name": _("Name"), "focus": _("What it is about")}


class MilestoneForm(forms.Form):
    """A milestone, new or changed."""

    stage: forms.ModelChoiceField[Stage] = forms.ModelChoiceField(None, label=_("Stage"), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=120)
    dimension = forms.ChoiceField(label=_("Dimension of readiness"), choices=Dimension.choices)
    points = forms.IntegerField(
        label=_("Points"),
        min_value=1,
        max_value=100,
        initial=10,
        help_text=_("1 to 100. Required points are what a dimension of the score is measured against."),
    )
    required = forms.BooleanField(
        label=_("Required"),
        required=False,
        initial=True,
        help_text=_("An optional milestone can make up for a missing one, never lower a score."),
    )
    description = forms.CharField(
        label=_("Description"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence_rule = forms.CharField(label=_("What a verifier has to see"), max_length=300)
    professions = forms.MultipleChoiceField(
        label=_("For whom"),
        required=False,
        choices=Profession.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: for everybody. A required one counts for these professions alone."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stage"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = Stage.objects.order_by("position")


class LinkForm(forms.Form):
    """For whom a private link is, and until when."""

    given_to = forms.CharField(
        label=_("For whom"), max_length=80, help_text=_("For yourself: they do not see it.")
    )
    last_day = forms.DateField(label=_("Until"), widget=DateInput(), help_text=_("At most a year ahead."))
    shows_publications = forms.BooleanField(
        label=_("My research portfolio, too"),
        required=False,
        help_text=_("Nobody verifies it here: it is shown apart, as what you say, with its DOIs."),
    )
