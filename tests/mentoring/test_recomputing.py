"""An exported matching can be computed again by anybody, and a changed one is found out."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from mentoring.blind.recomputing import differences
from mentoring.run_export import export_of
from tests.mentoring.test_blind_matching import matched, world  # noqa: F401 - a fixture
from tests.world import World


@pytest.fixture
def export(world: World, next_transaction: Callable[[], None]) -> dict[str, Any]:  # noqa: F811
    plain: dict[str, Any] = json.loads(json.dumps(export_of(matched(world, next_transaction))))
    return plain


def recompute(file: Path) -> str:
    out = StringIO()
    call_command("recompute_match", str(file), stdout=out)
    return out.getvalue()


def test_an_export_gives_the_same_pairs_again(export: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "matching.json"
    file.write_text(json.dumps(export))
    assert len(export["pairs"]) == 11
    assert recompute(file) == "The same input gives the same 11 pairs, and nothing better is possible.\n"


def test_a_changed_pair_or_input_is_found_out(export: dict[str, Any], tmp_path: Path) -> None:
    pair = copy.deepcopy(export)
    [tier, _mentee, *rest] = pair["pairs"][0]
    pair["pairs"][0] = [tier, "somebody else", *rest]
    assert [words.split(":")[0] for words in differences(pair)] == [
        "Not found again",
        "Found, and not in the file",
    ]
    other = copy.deepcopy(export)
    mentor = next(one for one in other["inputs"]["profiles"] if one["side"] == "mentor")
    mentor["free_slots"] += 5
    other["code_version"] = "0"
    assert differences(other)[0] == "The inputs are not those of the matching: another hash."
    assert differences(other)[-1].startswith("The file was made by version 0")
    file = tmp_path / "matching.json"
    file.write_text(json.dumps(other))
    with pytest.raises(CommandError, match="another hash"):
        recompute(file)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"inputs": {"tiers": [], "cycle": "", "rule": {}, "profiles": [1]}}']
)
def test_what_is_no_export_is_said(text: str, tmp_path: Path) -> None:
    file = tmp_path / "matching.json"
    file.write_text(text)
    with pytest.raises(CommandError, match=r"could not be read|is no exported matching"):
        recompute(file)
    with pytest.raises(CommandError, match="could not be read"):
        recompute(tmp_path / "nothing.json")
