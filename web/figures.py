"""Plotly figures as plain data: the page carries JSON, static/js/figures.js draws it, the table stays."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from web.charts import Table


@dataclass(frozen=True)
class PlotlyFigure:
    """Traces and layout in Plotly's JSON (https://plotly.com/javascript/reference/), without colours: a trace
    takes its colour from the theme by its place, or by `"tone": "rose"`. `id` is unique on the page.
    """

    id: str
    label: str
    data: Sequence[Mapping[str, Any]]
    table: Table
    layout: Mapping[str, Any] = field(default_factory=dict)

    @property
    def spec(self) -> dict[str, Any]:
        """What the script reads."""
        return {"data": [dict(trace) for trace in self.data], "layout": dict(self.layout)}

    @property
    def text(self) -> str:
        """The same as JSON, for what htmx swaps in: it takes every <script> out, also one of data."""
        return json.dumps(self.spec, cls=DjangoJSONEncoder)

    @property
    def script_id(self) -> str:
        """The id of the element that holds the JSON."""
        return f"{self.id}-spec"
