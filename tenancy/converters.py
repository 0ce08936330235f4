"""Converters of addresses beside Django's own: <quarter:...>, as 2026Q3. Importing registers them."""

from __future__ import annotations

from django.urls import register_converter


class QuarterConverter:
    regex = r"[0-9]{4}Q[1-4]"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(QuarterConverter, "quarter")
