"""What the holder of a position types about the end of their term."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from people.models import Appointment
from people.terms import term_end
from succession.enums import Intent
from succession.forms.candidacies import words_field
from succession.intentions import Declared, may_stand_again, months_to_leave
from succession.models import Intention
from web.forms import one_of


class IntentionForm(forms.Form):
    note = words_field(
        _("Anything HR should know"), 500, required=False, help_text=_("Only you and HR read it.")
    )

    field_order = ("intent", "leaves_on")

    def __init__(self, held: Appointment, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = term_end(held.start_date, held.end_date, held.position.term_years)
        again = may_stand_again(held.term_number, held.position.max_terms)
        self.fields["intent"] = one_of(
            [each for each in Intent if again or each != Intent.AGAIN], _("When my term ends")
        )
        self.fields["leaves_on"] = forms.TypedChoiceField(
            label=_("If I leave before, from"),
            required=False,
            choices=[
                ("", _("not before the term ends")),
                *(
                    (day.isoformat(), date_format(day, "YEAR_MONTH_FORMAT"))
                    for day in months_to_leave(ends, on=on)
                ),
            ],
            coerce=dt.date.fromisoformat,
            empty_value=None,
        )
        self.order_fields(self.field_order)

    @staticmethod
    def said(newest: Intention | None) -> dict[str, Any]:
        """What stands, to begin with."""
        if newest is None:
            return {"intent": Intent.UNSAID}
        day = newest.leaves_on.isoformat() if newest.leaves_on else ""
        return {"intent": newest.intent, "leaves_on": day, "note": newest.note}

    def declared(self) -> Declared:
        return Declared(self.cleaned_data["intent"], self.cleaned_data["leaves_on"])
