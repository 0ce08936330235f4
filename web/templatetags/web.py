"""Tags and filters of the components."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.forms.utils import flatatt
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify

from web import charts
from web.charts.svg import escaped
from web.icons import icon_svg
from web.link_items import link_items
from web.markdown import markdown
from web.markup import attributes, initials
from web.shell import Link

register = template.Library()
register.simple_tag(attributes)
register.filter(initials)
register.filter(markdown)

TONES = {"success": "ok", "warning": "warn", "error": "bad", "debug": "info"}  # Django's message levels
STATE_TONES = {"done": "ok", "running": "info", "parked": "bad", "failed": "bad"}
TONE_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "bad": "alert-octagon", "info": "info-circle"}


@register.simple_tag
def icon(name: str, size: int | str = 20, **attrs: str) -> SafeString:
    """An inline icon: {% icon "home" 18 class="muted" %}."""
    return icon_svg(str(name), int(size), attrs.get("class", ""))


@register.simple_tag
def links(entries: Iterable[Link], **options: Any) -> SafeString:
    """The items of a list of links: {% links shell.menu %}."""
    return link_items(tuple(entries), **options)


@register.simple_tag
def sparkline(values: Sequence[float | None], label: str) -> SafeString:
    """A small line in the text: {% sparkline wave_scores "Leader index, last six waves" %}."""
    return charts.sparkline(values, label)


@register.filter
def tone_class(level: str) -> str:
    """A tone of ours for a tone or a Django message level: "error" -> "bad"."""
    last = level.rsplit(maxsplit=1)[-1] if level else "info"
    return TONES.get(last, last)


@register.filter
def tone_icon(level: str) -> str:
    """The icon that says a tone without colour."""
    return TONE_ICONS.get(tone_class(level), "info-circle")


@register.filter
def state_tone(state: str) -> str:
    """The tone of a piece of work: done is ok, parked and failed are bad, running is info."""
    return STATE_TONES.get(state, "")


@register.filter
def anchor(title: str, own: str = "") -> str:
    """An id for a heading: the given id with "-title", or made of its words."""
    return f"{own}-title" if own else f"h-{slugify(strip_tags(title))}"


@register.filter
def colon(label: str) -> str:
    """What goes between a label and its message: nothing more where the label ends a sentence itself."""
    return "" if str(label).endswith((".", "?", "!", ":")) else ":"


@register.filter
def field_type(field: BoundField) -> str:
    """ "checkbox" for a single box, whose label stands beside it; otherwise Django's name of the widget."""
    if isinstance(field.field.widget, CheckboxInput):
        return "checkbox"
    return field.widget_type


@register.filter
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The options of a select, as Django's template writes them, which takes ten times as long."""
    return SafeString("".join(map(_options, groups)))


@register.filter
def boxes(widget: dict[str, Any]) -> SafeString:
    """Radio buttons or checkboxes that belong together, as Django's four templates write them."""
    own = widget["attrs"]
    frame = {name: own[name] for name in ("id", "class") if own.get(name)}
    return SafeString(f"<div{flatatt(frame)}>{''.join(map(_boxes, widget['optgroups']))}</div>")


def _boxes(group: tuple[str | None, list[dict[str, Any]], int]) -> str:
    name, found, _ = group
    lines = "".join(map(_box, found))
    return f"<div><label>{escaped(name)}</label>{lines}</div>" if name else lines


def _box(one: dict[str, Any]) -> str:
    marked = f' for="{escaped(one["attrs"]["id"])}"' if one["attrs"].get("id") else ""
    box = (
        f'<input type="{one["type"]}" name="{escaped(one["name"])}" value="{escaped(one["value"])}"'
        f"{flatatt(one['attrs'])}>"
    )
    return f"<div><label{marked}>{box} {escaped(one['label'])}</label></div>"


def _marked(attributes: dict[str, Any]) -> str:
    """Most options have none: they are hundreds on a page."""
    return flatatt(attributes) if attributes else ""


def _options(group: tuple[str | None, list[dict[str, Any]], int]) -> str:
    name, found, _ = group
    lines = "".join(
        f'<option value="{escaped(one["value"])}"{_marked(one["attrs"])}>{escaped(one["label"])}</option>'
        for one in found
    )
    return f'<optgroup label="{escaped(name)}">{lines}</optgroup>' if name else lines
