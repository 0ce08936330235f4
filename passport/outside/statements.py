"""What an xAPI 1.0.3 statement says of a skill pod, read from its parts. No queries.

The specification: https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

VERSION: Final = "1.0.3"
VERBS: Final = {
    f"http://adlnet.gov/expapi/verbs/{verb}": verb for verb in ("completed", "passed", "failed", "scored")
}


@dataclass(frozen=True, slots=True)
class Result:
    """A statement in the terms of a pod. `email` and `number` say who: one of them, or neither where the
    statement names its actor in a way that nobody here is known by."""

    statement_id: UUID
    content: str
    email: str
    number: str
    actor: str
    activity: str
    verb: str
    success: bool | None
    scaled: float | None
    at: dt.datetime | None

    @property
    def reached(self) -> bool:
        """Passed or completed, and nothing in it says otherwise. A score alone says nothing of passing."""
        return (self.verb in ("passed", "completed") and self.success is not False) or self.success is True


def canonical(statement: Mapping[str, Any]) -> str:
    """The same text for the same statement, in whatever order its keys came."""
    return json.dumps(statement, sort_keys=True, separators=(",", ":"))


def result_from(values: Mapping[str, Any], content: str, *, statement_id: UUID) -> Result:
    """The values of a statement that was checked."""
    actor, outcome = values["actor"], values.get("result") or {}
    person = actor.get("objectType", "Agent") == "Agent"
    email = actor.get("mbox", "").removeprefix("mailto:") if person else ""
    number = (actor.get("account") or {}).get("name", "") if person else ""
    told = email or number or actor.get("openid") or actor.get("mbox_sha1sum") or actor.get("name") or "?"
    return Result(
        statement_id=statement_id,
        content=content,
        email=email,
        number=number,
        actor=told,
        activity=values["object"]["id"],
        verb=VERBS[values["verb"]["id"]],
        success=outcome.get("success"),
        scaled=(outcome.get("score") or {}).get("scaled"),
        at=values.get("timestamp"),
    )
