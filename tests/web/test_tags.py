"""The small tags and filters that components use."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import BaseRenderer, DjangoTemplates, TemplatesSetting
from django.test.html import Element, parse_html

from web.icons import UnknownIconError, icon_svg
from web.leaves import button
from web.markup import attributes, initials
from web.templatetags.web import anchor, field_type, state_tone, tone_class, tone_icon
from web.widgets import DateInput

ICON = re.compile(r"""(?:\bicon="|\{% icon ")([a-z0-9/-]+)\"""")
SHELL_ICON = re.compile(r'"([a-z]+(?:-[a-z0-9]+)*)", frozenset\(')


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Adaeze Okafor", "AO"),
        ("Dr. Adaeze Okafor", "AO"),
        ("María-José García de la Vega", "MV"),
        ("Plato", "P"),
        ("Dr.", "D"),
        ("", ""),
        ("łucja wiśniewska", "ŁW"),
    ],
)
def test_initials_are_of_the_first_and_last_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_icon_is_hidden_from_assistive_technology_and_sized() -> None:
    markup = icon_svg("home", 18, "muted")

    assert 'aria-hidden="true"' in markup
    assert 'width="18"' in markup
    assert 'class="muted"' in markup
    assert "xmlns" not in markup


def test_a_misspelt_icon_is_an_error() -> None:
    with pytest.raises(UnknownIconError):
        icon_svg("no-such-thing")


def test_every_icon_named_in_templates_and_menus_exists() -> None:
    base = Path(settings.BASE_DIR)
    names = {name for path in base.glob("templates/**/*.html") for name in ICON.findall(path.read_text())}
    names |= {name for path in base.glob("*/navigation.py") for name in SHELL_ICON.findall(path.read_text())}
    assert len(names) > 60

    for name in names:
        icon_svg(name)


def test_attributes_are_escaped_and_false_ones_left_out() -> None:
    shown = attributes({"data-x": '"><b>', "hidden": True, "disabled": False, "hx-get": "/a?b=1&c=2"})

    assert shown == ' data-x="&quot;&gt;&lt;b&gt;" hx-get="/a?b=1&amp;c=2" hidden'


def test_message_levels_have_a_tone_and_an_icon() -> None:
    assert [tone_class(level) for level in ("success", "error", "extra warning", "ok", "")] == [
        *("ok", "bad", "warn", "ok", "info")
    ]
    assert tone_icon("error") == "alert-octagon"
    assert tone_icon("unheard of") == "info-circle"
    assert [state_tone(state) for state in ("done", "parked", "waiting")] == ["ok", "bad", ""]


def test_headings_have_an_anchor() -> None:
    assert anchor("What <b>happens</b> next?") == "h-what-happens-next"
    assert anchor("Anything", "own") == "own-title"


class Fields(forms.Form):
    sure = forms.BooleanField()
    one = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    day = forms.DateField(widget=DateInput)


def test_only_a_single_box_is_laid_out_as_one() -> None:
    form = Fields()

    assert [field_type(field) for field in form] == ["checkbox", "radioselect", "date"]


def test_dates_travel_as_iso_whatever_the_language() -> None:
    markup = str(Fields(initial={"day": dt.date(2026, 3, 9)})["day"])

    assert 'type="date"' in markup
    assert 'value="2026-03-09"' in markup


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_radios_and_checkboxes_are_written_as_django_writes_them(widget: type[forms.RadioSelect]) -> None:
    choices = [("a", "A & B"), ('"', "<i>"), ("Group", [("c", "C")]), ("", "nothing")]
    field = widget(attrs={"class": "x", "required": True}, choices=choices)

    def written(renderer: BaseRenderer) -> Element:
        return parse_html(field.render("answer", ["a", "c"], {"id": "id_answer"}, renderer))

    assert written(TemplatesSetting()) == written(DjangoTemplates())


def test_a_button_is_an_icon_alone_only_without_words() -> None:
    assert "icon-only" in button("", icon="x", label="Close")
    named = button("Release", icon="x", label="Release Ada")
    assert "icon-only" not in named
    assert 'aria-label="Release Ada"' in named
