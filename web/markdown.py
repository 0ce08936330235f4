"""Markdown as authors of lessons need it: headings, paragraphs, lists, bold, italics and links.

Everything else is text: what somebody wrote never becomes markup of its own.
"""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_HEADING = re.compile(r"(#{1,3}) +(.+)")
_HEADING_LINE = re.compile(r"^(#{1,3}) +\S", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*]|\d+\.) +(.+)")
_LINK = re.compile(r"\[([^\]]+)\]\((https://[^\s)&\"']+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")


def markdown(text: str, *, level: int = 3) -> SafeString:
    """HTML. The highest heading of the text becomes one of `level`, whatever its author began with."""
    depths = [len(found[1]) for found in _HEADING_LINE.finditer(text)]
    level -= min(depths, default=1) - 1
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    # Every piece of text went through escape() before it got a tag.
    return mark_safe("\n".join(_block(block, level) for block in blocks if block.strip()))  # noqa: S308


def _block(block: str, level: int) -> str:
    lines = [line.strip() for line in block.strip().splitlines()]
    heading = _HEADING.fullmatch(lines[0])
    if heading:
        depth = min(level + len(heading[1]) - 1, 6)
        rest = "\n".join(lines[1:])
        return f"<h{depth}>{_inline(heading[2])}</h{depth}>" + (_block(rest, level) if rest else "")
    items = [_ITEM.fullmatch(line) for line in lines]
    if all(items):
        tag = "ol" if lines[0][0].isdigit() else "ul"
        inner = "".join(f"<li>{_inline(item[1])}</li>" for item in items if item)
        return f"<{tag}>{inner}</{tag}>"
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    safe: str = escape(text)
    safe = _LINK.sub(r'<a href="\2" rel="noopener noreferrer nofollow">\1</a>', safe)
    return _ITALIC.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", safe))
