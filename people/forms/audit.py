"""What the audit log is narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.audit_log import table_titles
from web.widgets import DateInput


class AuditFilter(forms.Form):
    person = forms.CharField(
        label=_("Done by"), required=False, max_length=100, help_text=_("How the family name begins")
    )
    key = forms.CharField(label=_("Object"), required=False, max_length=64, help_text=_("The id of a row"))
    table = forms.ChoiceField(label=_("Kind"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they come
        kinds = sorted(table_titles().items(), key=lambda item: item[1])
        field = self.fields["table"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Any")), *kinds]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The end lies before the beginning."))
        return cleaned
