"""A graph of roles as it is stored and read back: plain lists and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from readiness.pathways.graph import Kind, Requirement, Role, Track


def to_stored(roles: Iterable[Role]) -> list[dict[str, Any]]:
    return [
        {
            "key": role.key,
            "name": role.name,
            "track": role.track.value,
            "office": role.office,
            "up": list(role.up),
            "sideways": list(role.sideways),
            "requirements": [
                {"kind": asked.kind.value, "of": list(asked.of), "amount": asked.amount}
                for asked in role.requirements
            ],
        }
        for role in roles
    ]


def from_stored(stored: Iterable[dict[str, Any]]) -> tuple[Role, ...]:
    return tuple(
        Role(
            key=each["key"],
            track=Track(each["track"]),
            requirements=tuple(
                Requirement(Kind(asked["kind"]), tuple(asked["of"]), asked["amount"])
                for asked in each["requirements"]
            ),
            up=tuple(each["up"]),
            sideways=tuple(each["sideways"]),
            office=each["office"],
            name=each["name"],
        )
        for each in stored
    )
