"""Form widgets with the browser's own pickers."""

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """A date picker; the value travels as ISO 8601, whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
