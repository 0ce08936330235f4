"""The script in the archive computes what the score computes, from what the archive says."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.archive import as_json
from readiness.archived import SCRIPT, rule_as_data, score_as_data, scores
from readiness.evidence import rule_of, scores_from
from readiness.models import Snapshot, WeightSet
from readiness.models.weights import SHARES
from readiness.recompute import agrees, main, recomputed
from readiness.services import score_quarter
from surveys.enums import Dimension
from tenancy.scope import Scope
from tests.factories.passport import find_milestone, make_presets, make_stamp
from tests.factories.readiness import QUARTER, make_pulse
from tests.members import member_of
from tests.world import World

FIVE = len(Dimension)


def fives(each: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, min_size=FIVE, max_size=FIVE)


points = st.one_of(st.none(), st.integers(0, 100).map(float), st.floats(0, 100))


@st.composite
def rules(draw: st.DrawFn) -> WeightSet:
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=4, max_size=4, unique=True)))
    weights = dict(zip(Dimension.values, np.diff([0, *cuts, 100]).tolist(), strict=True))
    recipes = []
    for _dimension in Dimension:
        own = draw(st.integers(0, 30))
        cut = sorted(draw(st.lists(st.integers(0, 100 - own), min_size=3, max_size=3)))
        recipes.append([own, *np.diff([0, *cut, 100 - own]).tolist()])
    shares = dict(zip(SHARES, map(list, zip(*recipes, strict=True)), strict=True))
    return WeightSet(
        organization_id=0,
        version=1,
        flag_below=draw(st.integers(0, 100)),
        minimum_known=draw(st.integers(1, FIVE)),
        **weights,
        **shares,
    )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """With any evidence and any rule; what it comes to is computed by the score's own arithmetic."""
    snapshot = Snapshot(
        organization_id=0,
        quarter=QUARTER,
        computed_at=dt.datetime(2026, 10, 15, tzinfo=dt.UTC),
        weights=draw(rules()),
        confidence=draw(st.one_of(st.none(), fives(points.filter(lambda each: each is not None)))),
        earned=draw(fives(st.one_of(st.none(), st.integers(0, 60)))),
        due=draw(st.one_of(st.none(), fives(st.integers(0, 60)))),
        pods=draw(st.one_of(st.none(), fives(points))),
        capstones=draw(st.one_of(st.none(), fives(st.one_of(st.none(), st.integers(0, 2))))),
        leader_index=draw(points),
    )
    found = scores_from([snapshot], rule_of(snapshot.weights))
    for dimension, value in zip(Dimension.values, found.value[0], strict=True):
        setattr(snapshot, dimension, None if np.isnan(value) else float(value))
    snapshot.total = None if np.isnan(found.total[0]) else float(found.total[0])
    snapshot.state = str(found.state[0])
    return snapshot


@given(snapshots())
def test_the_script_agrees_with_the_score(snapshot: Snapshot) -> None:
    told = json.loads(as_json(score_as_data(snapshot, is_withheld=False)))
    found = recomputed(told, json.loads(as_json(rule_as_data(snapshot.weights))))
    assert all(map(agrees, told["points"], found["points"]))
    assert agrees(told["total"], found["total"])
    assert told["state"] == found["state"]


@pytest.fixture
def archive(mercy: World, in_mercy: Scope, tmp_path: Path) -> Path:
    """Ada's part of an archive, unpacked, with a score from a pulse and two stamps."""
    make_presets(mercy.organization)
    for title in ("Shadow a chair meeting", "Strategic-thinking pod", "Read a service budget"):
        make_stamp(mercy.ada, find_milestone(mercy.organization, title), mercy.mara)
    make_pulse(mercy.ada, [50, 60, 70, 80, 90])
    score_quarter(QUARTER)
    return unpacked(mercy, tmp_path)


def unpacked(world: World, folder: Path) -> Path:
    for path, content in scores(member_of(world.ada)):
        (folder / Path(path).name).write_bytes(content)
    return folder


def test_it_runs_on_its_own(archive: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-I", "-S", archive / "recompute.py"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip().endswith("as told")
    assert f"{QUARTER}, revision 1" in run.stdout


def test_a_score_that_was_altered_is_found(archive: Path) -> None:
    said = json.loads((archive / "scores.json").read_text())
    said["scores"][0]["milestones_earned"][0] += 1 if said["scores"][0]["milestones_due"][0] > 90 else -1
    (archive / "scores.json").write_text(json.dumps(said))
    assert main(archive / "scores.json") == 1


def test_a_result_that_another_leader_reads_first_is_not_in_it(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshot = Snapshot.objects.select_related("weights").get()
    snapshot.leader_index = 80.0
    told = score_as_data(snapshot, is_withheld=True)
    assert (told["withheld"], told["leader_index"], told["points"]) == (True, None, None)
    (archive / "scores.json").write_bytes(as_json({"rules": {}, "scores": [told]}))
    assert main(archive / "scores.json") == 0
    assert "cannot be computed yet" in capsys.readouterr().out


def test_the_script_needs_nothing_installed() -> None:
    imported = [line for line in SCRIPT.read_text().splitlines() if line.startswith(("import ", "from "))]
    modules = {line.split()[1] for line in imported}
    assert modules <= {"__future__", "json", "sys", "pathlib", "typing"}
