"""A matching as a file: inputs by keys, their hash and what came out, for anybody to compute again."""

from __future__ import annotations

from typing import Any, Final

from mentoring.blind.profiles import FIELDS, Inputs, Profile
from mentoring.models import MatchProfile, MatchRun, Proposal

FORMAT: Final = "clinicleader-matching-1"


def export_of(run: MatchRun) -> dict[str, Any]:
    """Inputs, hash, version and pairs. No person is named: keys are what the matcher was told.

    The pairs are the matcher's own; what a director chose instead is not among them.
    """
    rows = MatchProfile.objects.filter(run=run).order_by("tier", "side", "key").values(*FIELDS)
    profiles = tuple(Profile(**_with_keys_as_text(row)) for row in rows)
    return {
        "format": FORMAT,
        "cohort": run.cohort.name,
        "requested_at": run.requested_at.isoformat(),
        "inputs": Inputs(tuple(run.tiers), run.cycle, run.rule, profiles).as_plain(),
        "input_hash": run.input_hash,
        "code_version": run.code_version,
        "proof": run.proof,
        "pairs": _pairs(run),
    }


def _with_keys_as_text(row: dict[str, Any]) -> dict[str, Any]:
    keys = {name: [str(key) for key in row[name]] for name in ("excluded", "locked", "running")}
    return row | keys | {"key": str(row["key"])}


def _pairs(run: MatchRun) -> list[list[Any]]:
    """[tier, mentee's key, mentor's key, score], sorted."""
    keys = {
        person: str(key) for person, key in MatchProfile.objects.filter(run=run).values_list("person", "key")
    }
    found = Proposal.objects.filter(run=run, instead_of=None)
    return sorted(
        [tier, keys[mentee], keys[mentor], score]
        for tier, mentee, mentor, score in found.values_list("tier", "mentee", "mentor", "score")
    )
