"""From the text of a file to plain values, without what a hostile file could do."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from passport.cases.problems import CaseError, Problem

LARGEST = 256 * 1024  # bytes; the longest case of ours is a tenth of it
DEEPEST = 12  # levels of nesting; a case needs six


class _RefusedError(Exception):
    pass


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases (they can make a gigabyte of a line), without double keys, and not deep. As in
    YAML 1.2, `on`, `yes` and a day are text: an author who writes them means the words."""

    depth = 0
    yaml_implicit_resolvers: dict[str, Any] = {}

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _RefusedError("Aliases (*name) are not read; write the text again.")
        self.depth += 1
        if self.depth > DEEPEST:
            raise _RefusedError(f"It is nested deeper than {DEEPEST} levels.")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        for name in names:
            if not isinstance(name, str):
                raise _RefusedError("A key has to be text.")
        _refuse_twice(names)
        return super().construct_mapping(node, deep)


for _kind, _shape, _first in (
    ("null", r"~|null", "~n"),
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}", re.compile(f"(?:{_shape})$"), list(_first)
    )


def _refuse_twice(names: list[str]) -> None:
    for name in sorted(set(names)):
        if names.count(name) > 1:
            raise _RefusedError(f"“{name}” is there twice.")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    _refuse_twice([name for name, _ in pairs])
    return dict(pairs)


def _refuse_depth(value: Any, depth: int = 1) -> None:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        return
    if depth > DEEPEST:
        raise _RefusedError(f"It is nested deeper than {DEEPEST} levels.")
    for each in inner:
        _refuse_depth(each, depth + 1)


def _from_json(text: str) -> Any:
    value = json.loads(text, object_pairs_hook=_pairs)
    _refuse_depth(value)
    return value


def _from_yaml(text: str) -> Any:
    return _PlainLoader(text).get_single_data()


def plain_values(text: str) -> dict[str, Any]:
    """The mapping that a YAML or JSON text of at most 256 KiB holds; raises `CaseError` otherwise."""
    try:
        if len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
            raise _RefusedError("The file is larger than 256 KiB.")
        value = _from_json(text) if text.lstrip().startswith("{") else _from_yaml(text)
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise _RefusedError("The file has to be a list of names with values, such as “title: …”.")
    except _RefusedError as refused:
        raise CaseError([Problem("file", str(refused))]) from None
    except yaml.MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise CaseError([Problem("file", f"Line {line} cannot be read: {broken.problem}.")]) from None
    except json.JSONDecodeError as broken:
        raise CaseError([Problem("file", f"Line {broken.lineno} cannot be read: {broken.msg}.")]) from None
    except (ValueError, RecursionError, yaml.YAMLError):
        raise CaseError([Problem("file", "It holds something that cannot be read.")]) from None
    return value
