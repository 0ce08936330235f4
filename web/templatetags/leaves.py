"""{% cotton %} for the components that are functions (web/leaves.py); all others stay templates."""

from collections.abc import Callable
from typing import Any

from django import template
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString
from django_cotton.tag_parser import parse_component_tag
from django_cotton.templatetags import compile_inline_template, snapshot_parser_library
from django_cotton.templatetags._component import cotton_component

from web.leaves import LEAVES

register = template.Library()


class Leaf(Node):
    """A component that is drawn by a function."""

    def __init__(self, draw: Callable[..., SafeString], attributes: dict[str, Any], inside: NodeList) -> None:
        self.draw = draw
        self.attributes = attributes
        self.nodelist = inside

    def render(self, context: Context) -> SafeString:
        given = {}
        for name, value in self.attributes.items():
            if isinstance(value, NodeList):
                given[name] = value.render(context)
            else:
                given[name] = value.resolve(context) if isinstance(value, FilterExpression) else value
        return self.draw(self.nodelist.render(context), **given)


@register.tag
def cotton(parser: Parser, token: Token) -> Node:
    """<c-tag tone="{{ tone }}" icon="check">On track</c-tag>, as the loader writes it for Django."""
    parsed = parse_component_tag(token.contents)
    if parsed.name not in LEAVES:
        node: Node = cotton_component(parser, token)
        return node
    attributes = {name.removeprefix(":"): value_of(name, raw, parser) for name, raw in parsed.attrs.items()}
    inside = NodeList()
    if not token.contents.endswith("/"):
        inside = parser.parse(("endcotton",))
        parser.delete_first_token()
    return Leaf(LEAVES[parsed.name], attributes, inside)


def value_of(name: str, raw: str | bool, parser: Parser) -> str | bool | NodeList | FilterExpression:
    """An attribute ready for rendering: plain text, text with template tags in it, or (:x) an expression."""
    if isinstance(raw, bool):
        return raw
    text = raw[1:-1] if raw[:1] in {'"', "'"} else raw
    if name.startswith(":"):
        return parser.compile_filter(text)
    if "{{" in text or "{%" in text:
        inline: NodeList = compile_inline_template(text, snapshot_parser_library(parser)).nodelist
        return inline
    return text
