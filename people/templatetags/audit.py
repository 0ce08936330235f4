"""How a change reads in the audit log."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from people.audit_log import Change
from web.charts.svg import escaped

register = template.Library()

LONGEST = 200  # characters of a value on the page


@register.filter
def as_list(changes: Iterable[Change]) -> SafeString:
    """Each field with what it was and what it became; a page of the log has hundreds."""
    return SafeString(f'<dl class="changes">{"".join(map(_line, changes))}</dl>')


def _line(change: Change) -> str:
    before = f"<del>{_value(change.before)}</del> " if change.before else ""
    after = f"<ins>{_value(change.after)}</ins>" if change.after else ""
    return f"<div><dt>{escaped(change.field)}</dt><dd>{before}{after}</dd></div>"


def _value(text: str) -> str:
    return escaped(Truncator(text).chars(LONGEST) if len(text) > LONGEST else text)
