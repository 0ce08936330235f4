"""Computing an exported matching again, from the file alone."""

from __future__ import annotations

from typing import Any

from mentoring.blind.outcome import hash_of
from mentoring.blind.profiles import Inputs, problems_of
from mentoring.matching.checking import faults_of
from mentoring.matching.tiers import match_tiers
from mentoring.matching.version import code_version


def differences(export: dict[str, Any]) -> list[str]:
    """What an export and its recomputation differ in, in words; nothing if the matching follows from its
    inputs and is proven. Raises KeyError, TypeError or ValueError for what is no export."""
    inputs = Inputs.from_plain(export["inputs"])
    found = []
    if hash_of(inputs) != export["input_hash"]:
        found.append("The inputs are not those of the matching: another hash.")
    matches = match_tiers(problems_of(inputs))
    for match in matches:
        found += [f"{match.problem.tier}: {fault}" for fault in faults_of(match)]
    told = {tuple(pair[:3]) for pair in export["pairs"]}
    again = {(match.problem.tier, *keys) for match in matches for keys in match.keys}
    found += [f"Not found again: {' '.join(pair)}" for pair in sorted(told - again)]
    found += [f"Found, and not in the file: {' '.join(pair)}" for pair in sorted(again - told)]
    if found and export["code_version"] != code_version():
        found.append(f"The file was made by version {export['code_version']}, this is {code_version()}.")
    return found
