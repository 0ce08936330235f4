"""Budgets: sums, what the finance officer asks and when she lets go, and any play from beginning to end."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.cases import Case, CaseError, MoveError, begin, debrief, load_case, own_case, scene, step
from passport.cases.game import TOOK

FILE = (Path(__file__).parent / "budget.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def small() -> Case:
    return load_case(FILE)


def sheet(
    fees: object = 1000, staff: object = 900, care: object = 200, choice: str = "hand_in"
) -> dict[str, str]:
    return {"plan.fees": str(fees), "plan.staff": str(staff), "plan.care": str(care), "choice": choice}


def played(case: Case, *moves: dict[str, str]) -> dict[str, Any]:
    state = begin(case)
    for move in moves:
        state = step(case, state, move)
    return state


def sums_of(case: Case, state: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    table = scene(case, state).table
    assert table is not None
    return {row.key: row.cells for row in table.rows}


def asked(case: Case, state: dict[str, Any]) -> list[str]:
    return [each["text"] for each in state["now"]]


REASON = "Agreed with 12 of them for April."


def test_totals_and_measures_follow_the_plan_and_stay_on_the_sheet(small: Case) -> None:
    state = played(small, sheet(staff=800, choice="work_out"))
    assert state["phase"] == "sheet"
    assert sums_of(small, state) == {
        "income": ("1,000", "1,000", "0"),
        "costs": ("1,100", "1,000", "−100"),
        "margin": ("−100", "0", "+100"),
        "people": ("1,100", "1,000", "−100"),
    }
    shown = scene(small, state).constraints
    assert [(each.key, each.is_met, each.value, each.fact) for each in shown] == [
        ("even", False, "0", "at least 50 thousand"),
        ("soon", True, "11", "at most 12 days"),  # 10, and 1.5 for 100 fewer staff, rounded down
    ]


def test_the_page_reckons_the_sums_that_the_server_reckons(small: Case) -> None:
    state = played(small, sheet(fees=1100, staff=745, care=150, choice="work_out"))
    plan = {f"plan.{key}": value for key, value in state["plan"].items()}
    on_the_page = {
        each.key: (each.base + sum(weight * plan[name] for name, weight in each.weights.items())) // each.per
        for each in scene(small, state).sums
    }
    assert on_the_page == {
        "income": 1100, "costs": 895, "margin": 205, "people": 895, "wait": 12, "even": 205, "soon": 12,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("move", "field", "message"),
    [
        (sheet(staff=""), "plan.staff", "Write a whole number from 600 to 1000."),
        (sheet(staff="-5"), "plan.staff", "Write a whole number from 600 to 1000."),
        (sheet(staff=599), "plan.staff", "Staff can go from 600 to 1,000."),
        (sheet(choice="fly"), "choice", "Choose whether to go on or only to work out the totals."),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_at_its_field(
    small: Case, move: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(MoveError) as refused:
        played(small, move)
    assert (refused.value.field, refused.value.message) == (field, message)


def test_amounts_may_be_written_with_their_thousands(small: Case) -> None:
    assert played(small, sheet(fees="1,1 00"))["plan"]["fees"] == 1100


def test_every_large_change_needs_a_reason_and_small_ones_do_not(small: Case) -> None:
    state = played(small, sheet(fees=1049, staff=780, care=150))
    assert [each.name for each in scene(small, state).fields] == ["why.staff", "why.care"]
    with pytest.raises(MoveError) as refused:
        step(small, state, {"why.staff": REASON})
    assert refused.value.field == "why.care"


def why(staff: str = REASON) -> dict[str, str]:
    return {"why.staff": staff, "why.fees": REASON}


@pytest.mark.parametrize(
    ("staff", "said", "question"),
    [
        (780, "Agreed with them all for next April.", "No figure for Staff (−120)."),
        (780, "Agreed: 12.", "2 words for Staff."),
        (780, "Agreed with 12, by more efficiency there.", "Efficiency, 120?"),
        (780, "There are 12 of them on the list.", "120 of 900, 13 per cent: who agreed?"),
        (640, REASON, "13 days."),
    ],
)
def test_the_officer_quotes_what_was_done_and_said(small: Case, staff: int, said: str, question: str) -> None:
    assert question in asked(small, played(small, sheet(fees=1100, staff=staff), why(said)))


def test_a_constraint_is_pushed_back_on_twice_and_then_let_be(small: Case) -> None:
    state = played(small, sheet())
    assert asked(small, state) == ["It is -100, 150 short.".replace("-", "−")]
    held = {**sheet(), "reply.even": "I hold to it: 100 patients."}
    state = step(small, state, held)
    assert state["round"] == 2
    # The bill of round two has made it worse by twenty, under the plan as under what it began from.
    assert (state["plan"]["care"], asked(small, state)) == (220, ["Still 170 short."])
    state = step(small, state, {**sheet(care=220), "reply.even": "Still so, for 100 patients."})
    assert scene(small, state).seconds == 300


def test_what_is_asked_is_answered_by_a_change_or_by_a_reason(small: Case) -> None:
    state = played(small, sheet())
    with pytest.raises(MoveError) as refused:
        step(small, state, sheet())
    assert (refused.value.field, refused.value.message) == (
        "reply.even",
        "Change the figure, or say why you hold to it.",
    )
    changed = step(small, state, sheet(fees=1200, staff=900))
    assert changed["phase"] == "justify"
    assert changed["asked"][0]["revised"] is True


def test_what_was_typed_is_kept_while_totals_are_worked_out(small: Case) -> None:
    state = played(small, sheet(), {**sheet(choice="work_out"), "reply.even": "Half a sen"})
    reply = next(each for each in scene(small, state).fields if each.name == "reply.even")
    assert reply.value == "Half a sen"


def answered(case: Case, state: dict[str, Any], words: str, plan: dict[str, str]) -> dict[str, Any]:
    return step(case, state, {**plan, **{f"reply.{each['key']}": words for each in state["now"]}})


def test_a_whole_play_ends_with_its_facts_and_what_else_there_was(small: Case) -> None:
    state = played(small, sheet(fees=1100, staff=780), why("Agreed with 12 of them, by efficiency there."))
    assert asked(small, state) == ["Efficiency, 120?", "100 per cent of 120."]
    state = answered(small, state, "40 hours on Sundays.", sheet(1100, 780))
    assert (state["round"], asked(small, state)) == (2, [])
    state = answered(small, state, "", sheet(1100, 760, 220))
    state = step(small, state, {"summary": "We ask you to go on.", TOOK: "272"})
    assert scene(small, state).is_over
    told = debrief(small, state)
    facts = {each.key: " ".join(each.facts) for each in told.facts}
    assert "Met: Margin (120; at least 50 thousand)." in facts["data"]
    assert "You held to it: “40 hours on Sundays.”" in facts["data"]
    assert "Written in 4:32 of 5:00 minutes." in facts["data"]
    assert "It asks." in facts["goals"]
    fewer, nothing = told.not_taken
    assert fewer.would == "Fees +100; Staff −120. Margin 100 thousand; 2 of 2 constraints met."
    assert "1 of 2 constraints met" in nothing.would
    with pytest.raises(MoveError, match="over"):
        step(small, state, {})


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        (
            "amount: 900,",
            "amount: 1900,",
            "lines.1.amount",
            "The amount has to lie between “least” and “most”.",
        ),
        ("lines: [staff, care]", "lines: [staff, moon]", "totals.0.lines", "There is no line “moon”."),
        (
            "of: wait, at_most",
            "of: moon, at_most",
            "constraints.1.of",
            "There is no line, total or measure “moon”.",
        ),
        (
            "at_most: 12",
            "at_most: 12, at_least: 3",
            "constraints.1",
            "A constraint has “at_least” or “at_most”, and one of these only.",
        ),
        (
            "{value} left",
            "much left",
            "officer.rules.5.says",
            "Quote a figure of the player's: one of {value}.",
        ),
        (
            "{value} left",
            "{value} {gap} left",
            "officer.rules.5.says",
            "There is no figure “{gap}” here; one of {value}.",
        ),
        ("staff: 780, fees", "staff: 580, fees", "options.0.plan.staff", "This line goes from 600 to 1000."),
        (
            "staff: 780, fees: 1100, care: 220",
            "care: 220",
            "options",
            "No option meets every constraint; show at least one that does.",
        ),
        (
            "changes: { care: 20 }",
            "changes: { care: -20 }",
            "lines.2.least",
            "Events take more from this line than its least amount.",
        ),
        ("rounds: 2", "rounds: 9", "officer.rounds", "A whole number from 1 to 3 is needed."),
    ],
)
def test_a_file_that_could_not_be_played_says_what_is_wrong(
    old: str, new: str, path: str, message: str
) -> None:
    assert old in FILE
    with pytest.raises(CaseError) as refused:
        load_case(FILE.replace(old, new))
    assert (path, message) in [(each.path, each.message) for each in refused.value.problems]


def some_move(case: Case, state: dict[str, Any], data: st.DataObject) -> dict[str, str]:
    now = scene(case, state)
    words = st.sampled_from(["Agreed with 12 of them for April.", "By efficiency.", "We ask for 3."])
    move = (
        {
            "choice": data.draw(
                st.sampled_from(["hand_in", "work_out"] if state["looks"] < 60 else ["hand_in"])
            )
        }
        if now.choices
        else {}
    )
    for each in now.fields:
        if each.kind == "number":
            move[each.name] = str(data.draw(st.integers(each.low or 0, each.high or 0)))
        else:
            move[each.name] = data.draw(words)
    return move


@given(data=st.data())
def test_any_play_of_the_own_case_ends_and_survives_json(data: st.DataObject) -> None:
    case = own_case("budget_balancing")
    state = begin(case)
    for _ in range(200):
        if scene(case, state).is_over:
            break
        move = some_move(case, state, data)
        before = copy.deepcopy(state)
        after = step(case, state, move)
        assert state == before
        assert case.game.fits(json.loads(json.dumps(after)))
        debrief(case, after)
        state = after
    assert scene(case, state).is_over
    assert all(each.facts for each in debrief(case, state).facts)


@given(
    move=st.dictionaries(
        st.sampled_from(["plan.fees", "choice", "plan.care", "x"]), st.text(max_size=8), max_size=4
    )
)
def test_any_text_as_a_move_is_played_or_refused(move: dict[str, str]) -> None:
    case = load_case(FILE)
    with contextlib.suppress(MoveError):
        scene(case, step(case, begin(case), move))
