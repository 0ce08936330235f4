"""Examples for the living component page: every component in its states, with invented words and numbers."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest

from web.charts import (
    Axis,
    Bar,
    Bin,
    Estimate,
    Names,
    Place,
    Point,
    Shift,
    Span,
    Table,
    bars,
    frontier,
    gauge,
    heat_map,
    histogram,
    intervals,
    radar,
    schedule,
    shifts,
    trend,
)
from web.figures import PlotlyFigure
from web.filters import chips
from web.paging import numbered_page
from web.shell import Crumb, Link
from web.sorting import Column, sorting
from web.stations import Station
from web.widgets import DateInput

ICONS = [
    "home",
    "sun",
    "id",
    "users",
    "school",
    "chart-dots",
    "clipboard-check",
    "bell",
    "search",
    "settings",
]
TONES = [
    "bg",
    "surface",
    "sunken",
    "line",
    "ink",
    "muted",
    "brand",
    "brand-soft",
    "gold",
    "ok",
    "warn",
    "bad",
    "info",
]
KINDS = ["teal", "rose", "blue", "violet", "green", "amber"]
AGREEMENT = [(1, "Not at all"), (2, "A little"), (3, "Somewhat"), (4, "Mostly"), (5, "Fully")]


class ExampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(help_text="As on the badge.")
    email = forms.EmailField(label="E-mail", required=False)
    unit = forms.ChoiceField(choices=[("", "Choose a unit"), ("card", "Cardiology"), ("surg", "Surgery")])
    start = forms.DateField(label="First day", widget=DateInput)
    hours = forms.IntegerField(min_value=0, max_value=60, help_text="Hours a week, 0 to 60.")
    file = forms.FileField(label="People", help_text="CSV or XLSX, at most 50 MB.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    tier = forms.ChoiceField(
        choices=[("peer", "Peer"), ("attending", "Attending"), ("chair", "Chair")],
        widget=forms.RadioSelect,
        help_text="Who would help most now?",
    )
    confidence = forms.ChoiceField(
        label="I can explain our unit’s budget to a colleague.", choices=AGREEMENT, widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        choices=[("mon", "Monday"), ("tue", "Tuesday"), ("wed", "Wednesday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="I have read the rules", help_text="They fit on one page.")


class ExampleFilter(forms.Form):
    """A filter as lists have it."""

    cohort = forms.ChoiceField(choices=[("", "All"), ("2025", "2025"), ("2026", "2026")], required=False)
    specialty = forms.ChoiceField(
        choices=[("", "All"), ("card", "Cardiology"), ("surg", "Surgery")], required=False
    )
    words = forms.CharField(label="Contains", required=False)


COLUMNS = [
    Column("Name", ("name",), key="name"),
    Column("Unit"),
    Column("Stamps", ("stamps",), key="stamps", numeric=True),
    Column("State"),
    Column("Actions", quiet=True),
]
PEOPLE = [
    ("Adaeze Okafor", "Cardiology", 6, "ok", "On track"),
    ("Luis Ferrer", "Critical care", 4, "warn", "At risk"),
    ("Priya Raman", "Interventional cardiology", 11, "ok", "On track"),
    ("Tom Becker", "Programme office", 2, "bad", "Overdue"),
    ("Helen Marsh", "Executive office", 14, "brand", "Completed"),
    ("Siobhán Ní Bhriain", "Emergency medicine", 7, "ok", "On track"),
    ("Nguyễn Thị Minh", "Neonatal intensive care", 3, "ok", "On track"),
    ("Ola Nordmann", "General surgery", 5, "warn", "At risk"),
    ("Jo Park", "Radiology", 0, "", "Not started"),
    ("Łucja Wiśniewska", "Oncology", 9, "ok", "On track"),
    (
        "María-José García Fernández de la Vega",
        "Palliative care and supportive oncology",
        8,
        "ok",
        "On track",
    ),
    ("Chidi Eze", "Anaesthesia", 1, "bad", "Overdue"),
]


def showcase(request: HttpRequest) -> dict[str, Any]:
    """The context of the page; ?page=, ?sort= and the filters work on the invented list."""
    filters = ExampleFilter(request.GET or None)
    bad = ExampleForm({"name": "", "unit": "none", "hours": "99"}, prefix="bad")
    order = sorting(request, COLUMNS, default="name")
    position = 0 if "name" in order.order[0] else 2
    rows = sorted(PEOPLE, key=lambda row: row[position], reverse=order.order[0].startswith("-"))
    return {
        "breadcrumbs": [Crumb("Start", "/"), Crumb("Developers", "#"), Crumb("Components")],
        "icons": ICONS,
        "tones": TONES,
        "kinds": KINDS,
        "form": ExampleForm(prefix="new"),
        "bad_form": bad,
        "filters": filters,
        "chips": chips(request, filters),
        "columns": order.headers,
        "page": numbered_page(request, rows, size=5),
        "no_columns": order.headers[:2],
        "tabs": [
            Link("Passport", "#tabs", "id", current=True),
            Link("Evidence", "#tabs", count=12),
            Link("History", "#tabs"),
        ],
        "steps": [
            Station("Resident", "2020–2023, 12 of 12 milestones", "done"),
            Station("Fellow", "2023–now, 9 of 14 milestones", "now", "#steps"),
            Station("Early-career attending", "opens at a score of 75", "next"),
        ],
        "facts": [
            ("Passport no.", "CL-2026-00417"),
            ("Holder since", "July 2023"),
            ("Sponsor", "Helen Marsh"),
        ],
        "wave_scores": [41.2, 42.0, None, 44.8, 43.9, 47.2],
        **charts(),
    }


def charts() -> dict[str, Any]:
    """One chart of each kind, with gaps and suppressed values."""
    return {
        "radar": radar(
            "Readiness by dimension",
            [
                Axis("Strategic insight", 72, 66),
                Axis("Financial acumen", 58, 61),
                Axis("Team leadership", 86, 74),
                Axis("Governance experience", 64, 55),
                Axis("Mentorship engagement", 79, 70),
            ],
            you="You",
            other="Cohort median",
        ),
        "radar_gap": radar(
            "Readiness by dimension, one not known",
            [
                Axis("Strategic insight", 72),
                Axis("Financial acumen", 58),
                Axis("Team leadership", None),
                Axis("Governance experience", 64),
                Axis("Mentorship engagement", 79),
            ],
            you="You",
        ),
        "gauge": gauge("Readiness score", 72, target=75, target_label="Target"),
        "gauge_none": gauge("Readiness score", None),
        "trend": trend(
            "Leader index by wave",
            [
                Point("2022", 41.2, 38.0, 44.4),
                Point("2023", 42.0, 39.6, 44.4),
                Point("2024", 44.8, 42.9, 46.7),
                Point("2025", None),
                Point("2026", 47.2, 45.1, 49.3),
                Point("Autumn 2026", 48.0, 45.6, 50.4),
            ],
            target=46,
            value_name="Mean",
        ),
        "bars": bars(
            "Milestones by stage",
            [
                Bar("Resident", 12, "of 12", "green"),
                Bar("Fellow", 9, "of 14", "blue"),
                Bar("Early-career attending", 1, "of 10", "violet"),
                Bar("Suppressed", None, "fewer than 5"),
            ],
        ),
        "schedule": schedule(
            "A year of actions",
            [
                Span("Chair a meeting", dt.date(2026, 1, 12), dt.date(2026, 4, 3), "Done", "ok"),
                Span("Write a budget", dt.date(2026, 3, 1), dt.date(2026, 6, 20), "Late", "warn"),
                Span("Lead a project", dt.date(2026, 5, 4), dt.date(2026, 11, 30), "Under way"),
                Span(
                    "Visit another hospital", dt.date(2026, 10, 1), dt.date(2026, 12, 1), "To begin", "quiet"
                ),
            ],
            today=dt.date(2026, 7, 8),
        ),
        "histogram": histogram(
            "Leader index of 88 responses",
            [
                Bin(label, count, marked=label == "44")
                for label, count in zip(
                    ["12", "16", "20", "24", "28", "32", "36", "40", "44", "48", "52", "56"],
                    [0, 1, 1, 3, 4, 8, 12, 17, 19, 13, 7, 3],
                    strict=True,
                )
            ],
            noun="responses",
            of="Index from",
        ),
        "intervals": intervals(
            "Leader index by unit",
            [
                Estimate("Cardiology", 47.2, 44.1, 50.3, 46.3, 18, "#intervals"),
                Estimate("General surgery", 39.8, 36.9, 42.7, 40.6, 22),
                Estimate("Neonatal intensive care", 51.0, 44.0, 58.0, 47.1, 6),
                Estimate("Sleep laboratory", None, n=3),
            ],
            low=12,
            high=60,
            reference=44.0,
        ),
        "frontier": frontier(
            "What each package is worth",
            best=[Place("A", 30, 90), Place("B", 55, 80), Place("C", 70, 55), Place("D", 85, 30)],
            way=[Place("Offer 1", 85, 20), Place("Offer 2", 65, 45)],
            end=Place("Agreed", 60, 60),
            without=Place("Without an agreement", 35, 30),
            names=Names("Worth to you", "Worth to them", "Nothing betters these", "Your offers"),
            low=0,
            high=100,
        ),
        "shifts": shifts(
            "Mentees with a mentor, in percent",
            [Shift("Peer mentor", 71, 100, 93), Shift("Chair sponsor", 21, 86, None)],
            low=0,
            high=100,
            names=("today", "this matching", "the other one"),
            compared=True,
        ),
        "heat": heat_map(
            "Median by dimension and cohort",
            ["Strategic", "Financial", "Team", "Governance", "Mentorship"],
            [
                ("2024", [71, 52, 80, 61, 90]),
                ("2025", [64, 47, 77, 38, 72]),
                ("2026", [55, 21, 68, 9, None]),
            ],
        ),
        "figure": PlotlyFigure(
            id="plotly-example",
            label="Score by month, two cohorts",
            data=[
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": "2025",
                    "x": [1, 2, 3, 4],
                    "y": [61, 64, 63, 70],
                },
                {"type": "bar", "name": "2026", "tone": "violet", "x": [1, 2, 3, 4], "y": [52, 55, 60, 66]},
            ],
            layout={
                "xaxis": {"title": {"text": "Quarter"}, "dtick": 1},
                "yaxis": {"title": {"text": "Score"}},
            },
            table=Table(
                "Score by quarter",
                ["Quarter", "2025", "2026"],
                [["1", "61", "52"], ["2", "64", "55"], ["3", "63", "60"], ["4", "70", "66"]],
            ),
        ),
    }
