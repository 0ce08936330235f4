"""Django's own tags that long lists repeat, without the work that is the same in every row.

They are built in, so templates write {% url %} and |date as everywhere.
"""

import datetime as dt
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context, defaultfilters, defaulttags
from django.template.base import Parser, Token
from django.utils.html import escape
from django.utils.translation import get_language

from web.addresses import address

register = template.Library()


class Address(defaulttags.URLNode):
    """{% url %} with arguments by place; the others are Django's."""

    def render(self, context: Context) -> str:
        if self.kwargs or self.asvar:
            return str(super().render(context))
        found = address(self.view_name.resolve(context), *[arg.resolve(context) for arg in self.args])
        return escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> Address:
    node = defaulttags.url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    """Days are few: each is written once in a format and language."""
    if type(value) is dt.date:
        return _written(value, arg, get_language())
    return str(defaultfilters.date(value, arg))


@lru_cache(maxsize=8192)
def _written(day: dt.date, arg: str | None, _language: str | None) -> str:
    return str(defaultfilters.date(day, arg))
