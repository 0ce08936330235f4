"""Reading a budget case: every mistake at its place, and that somebody could solve it."""

from __future__ import annotations

from dataclasses import dataclass

from passport.cases.budget.declared import (
    ANY,
    Budget,
    Event,
    Limit,
    Line,
    Look,
    Officer,
    Option,
    Page,
    Quantity,
    Rule,
    Summary,
    When,
)
from passport.cases.budget.wording import names, words
from passport.cases.section import Section, refuse_twice

LARGEST = 10_000_000  # in units of the case
MOST_LINES, MOST_LIMITS, MOST_RULES, MOST_ROUNDS = 24, 8, 40, 3
SHEET_TOTALS = ("income", "costs", "margin")

LINE_FIGURES = frozenset({"line", "before", "plan", "change", "by", "percent", "words"})
OF_FIGURES = frozenset({"value"})
CUT_FIGURES = frozenset({"cuts", "share"})
LIMIT_FIGURES = frozenset({"value", "bound", "gap"})
NOT_OF_THE_PLAYER = frozenset({"line", "before", "bound"})


@dataclass(frozen=True)
class _Known:
    criteria: set[str]
    lines: set[str]
    totals: set[str]
    of: set[str]  # lines, totals and measures


def _listed(section: Section, name: str, most: int, fewest: int = 0) -> list[Section]:
    rows = section.sections(name, fewest)
    if len(rows) > most:
        section.note(name, f"At most {most}.")
    return rows[:most]


def _line(section: Section) -> Line:
    line = Line(
        key=section.key(),
        title=section.text("title", longest=120),
        kind=section.one_of("kind", ("cost", "income")),
        amount=section.whole("amount", 0, LARGEST),
        least=section.whole("least", 0, LARGEST),
        most=section.whole("most", 0, LARGEST),
        note=section.text("note", optional=True, longest=300),
    )
    if not line.least <= line.amount <= line.most:
        section.note("amount", "The amount has to lie between “least” and “most”.")
    if line.key == ANY:
        section.note("key", "A line cannot be called “any”.")
    section.close()
    return line


def _totals(lines: tuple[Line, ...], unit: str) -> list[Quantity]:
    """What every sheet shows."""
    income = {line.key: 1 for line in lines if line.kind == "income"}
    costs = {line.key: 1 for line in lines if line.kind == "cost"}
    margin = income | dict.fromkeys(costs, -1)
    named = zip(SHEET_TOTALS, ("Income", "Costs", "Margin"), (income, costs, margin), strict=True)
    return [Quantity(key, title, unit, weights) for key, title, weights in named]


def _total(section: Section, lines: set[str], unit: str) -> Quantity:
    listed = section.several("lines", fewest=1)
    for key in listed:
        if key not in lines:
            section.note("lines", f"There is no line “{key}”.")
    known = {key: 1 for key in listed if key in lines}
    total = Quantity(section.key(), section.text("title", longest=120), unit, known)
    section.close()
    return total


def _measure(section: Section, lines: set[str]) -> Quantity:
    measure = Quantity(
        key=section.key(),
        title=section.text("title", longest=120),
        unit=section.text("unit", optional=True, longest=40),
        weights=section.numbers("per_thousand", lines, -LARGEST, LARGEST),
        per=1000,
        start=section.whole("start", 0, LARGEST),
    )
    section.close()
    return measure


def _criterion(section: Section, known: _Known) -> str:
    key = section.text("criterion")
    if key and key not in known.criteria:
        section.note("criterion", f"The rubric has no “{key}”.")
    return key


def _of(section: Section, known: _Known, name: str = "of", *, optional: bool = False) -> str:
    key = section.text(name, optional=optional)
    if key and key not in known.of:
        section.note(name, f"There is no line, total or measure “{key}”.")
        return ""
    return key


def _asking(section: Section, figures: frozenset[str]) -> tuple[str, str]:
    """What is said, and said again: only figures that are known here, and at least one of the player's."""
    says, again = section.text("says"), section.text("again", optional=True)
    for name, text in (("says", says), ("again", again)):
        for figure in sorted(names(text) - figures):
            section.note(name, f"There is no figure “{{{figure}}}” here; {_choice(figures)}.")
    if says and not names(says) & (figures - NOT_OF_THE_PLAYER):
        section.note("says", f"Quote a figure of the player's: {_choice(figures - NOT_OF_THE_PLAYER)}.")
    return says, again


def _choice(figures: frozenset[str]) -> str:
    return "one of " + ", ".join(f"{{{each}}}" for each in sorted(figures)) if figures else "none is known"


def _limit(section: Section, known: _Known) -> Limit:
    says, again = _asking(section, LIMIT_FIGURES)
    limit = Limit(
        key=section.key(),
        title=section.text("title", longest=120),
        of=_of(section, known),
        at_least=section.whole("at_least", 0, LARGEST) if section.has("at_least") else None,
        at_most=section.whole("at_most", 0, LARGEST) if section.has("at_most") else None,
        says=says,
        again=again,
        criterion=_criterion(section, known),
    )
    if (limit.at_least is None) == (limit.at_most is None):
        section.note("", "A constraint has “at_least” or “at_most”, and one of these only.")
    section.close()
    return limit


def _when(section: Section, known: _Known, limits: set[str]) -> When:
    when = When(
        line=section.text("line", optional=True),
        cut=section.whole("cut", 0, LARGEST, default=0),
        raised=section.whole("raised", 0, LARGEST, default=0),
        no_figure=section.flag("no_figure"),
        fewer_words=section.whole("fewer_words", 0, 500, default=0),
        mentions=section.several("mentions"),
        lacks=section.several("lacks"),
        unmet=section.text("unmet", optional=True),
        of=_of(section, known, optional=True),
        below=section.whole("below", -LARGEST, LARGEST) if section.has("below") else None,
        above=section.whole("above", -LARGEST, LARGEST) if section.has("above") else None,
        cuts_in=section.text("cuts_in", optional=True),
        share=section.whole("share", 0, 100, default=0),
    )
    _check_when(section, when, known, limits)
    section.close()
    return when


def _check_when(section: Section, when: When, known: _Known, limits: set[str]) -> None:
    bounded = when.below is not None or when.above is not None
    mistakes = (
        (when == When(), "", "Say when this is asked."),
        (
            bool(when.line) and when.line not in known.lines | {ANY},
            "line",
            f"There is no line “{when.line}”.",
        ),
        (not when.line and _is_of_a_line(when), "line", "Say of which line, or “any”."),
        (when.cut and when.raised, "", "A line is cut or raised, and not both."),
        (when.unmet and when.unmet not in limits, "unmet", f"There is no constraint “{when.unmet}”."),
        (bounded and not section.has("of"), "of", "Say of which line, total or measure."),
        (when.of and not bounded, "of", "Say “below” or “above” what."),
        (
            when.cuts_in and when.cuts_in not in known.totals,
            "cuts_in",
            f"There is no total “{when.cuts_in}”.",
        ),
        (
            bool(when.cuts_in) != bool(when.share),
            "share",
            "“cuts_in” and “share” (percent, from 1) belong together.",
        ),
        (not all(map(words, when.mentions)), "mentions", "Each of these has to hold a word."),
        (not all(map(words, when.lacks)), "lacks", "Each of these has to hold a word."),
    )
    for is_wrong, name, message in mistakes:
        if is_wrong:
            section.note(name, message)


def _is_of_a_line(when: When) -> bool:
    said = when.no_figure or when.fewer_words or when.mentions or when.lacks
    return bool(when.cut or when.raised or said)


def _figures(when: When) -> frozenset[str]:
    """The figures that what a rule says may quote."""
    figures: frozenset[str] = frozenset()
    for asked, more in (
        (when.line, LINE_FIGURES),
        (when.of, OF_FIGURES),
        (when.unmet, LIMIT_FIGURES),
        (when.cuts_in, CUT_FIGURES),
    ):
        figures |= more if asked else frozenset()
    return figures


def _rule(section: Section, known: _Known, limits: set[str]) -> Rule:
    when = _when(section.section("when"), known, limits)
    says, again = _asking(section, _figures(when))
    rule = Rule(section.key(), when, says, again, _criterion(section, known))
    section.close()
    return rule


def _officer(section: Section, known: _Known, limits: set[str]) -> Officer:
    officer = Officer(
        name=section.text("name", longest=120),
        rounds=section.whole("rounds", 1, MOST_ROUNDS),
        rules=tuple(_rule(each, known, limits) for each in _listed(section, "rules", MOST_RULES, 1)),
    )
    refuse_twice(section, "rules", [*(rule.key for rule in officer.rules), *limits])
    section.close()
    return officer


def _event(section: Section, known: _Known, rounds: int) -> Event:
    event = Event(
        section.whole("round", 1, rounds),
        section.text("title", longest=120),
        section.text("text"),
        section.numbers("changes", known.lines, -LARGEST, LARGEST),
    )
    section.close()
    return event


def _look(section: Section, known: _Known) -> Look:
    look = Look(
        section.several("words", fewest=1),
        section.text("there", longest=300),
        section.text("missing", longest=300),
        _criterion(section, known),
    )
    if not all(map(words, look.words)):
        section.note("words", "Each of these has to hold a word.")
    section.close()
    return look


def _summary(section: Section, known: _Known) -> Summary:
    summary = Summary(
        title=section.text("title", longest=120),
        text=section.text("text"),
        seconds=section.whole("seconds", 60, 3600),
        criterion=_criterion(section, known),
        looks=tuple(_look(each, known) for each in _listed(section, "looks_for", 20)),
    )
    section.close()
    return summary


def _page(section: Section) -> Page:
    page = Page(section.text("title", longest=120), section.text("text", longest=6000))
    section.close()
    return page


def _option(section: Section, known: _Known) -> Option:
    plan = section.numbers("plan", known.lines, 0, LARGEST)
    option = Option(section.text("title", longest=120), section.text("text"), plan)
    section.close()
    return option


def _check_events(section: Section, budget: Budget) -> None:
    for at, line in enumerate(budget.lines.values()):
        taken = sum(min(0, event.changes.get(line.key, 0)) for event in budget.events)
        if line.least + taken < 0:
            section.note(f"lines.{at}.least", "Events take more from this line than its least amount.")


def _check_options(section: Section, budget: Budget) -> None:
    """Every option can be typed into the sheet, and one of them meets everything: the case has a solution."""
    solved = False
    for at, option in enumerate(budget.options):
        fits = True
        for key, value in option.plan.items():
            low, high = limits_of(budget, key, budget.last_event)
            if not low <= value <= high:
                fits = False
                section.note(f"options.{at}.plan.{key}", f"This line goes from {low} to {high}.")
        before = budget.before(budget.last_event)
        plan = {**before, **option.plan}
        met = (each.is_met(budget.value(each.of, before, plan)) for each in budget.limits)
        solved = solved or (fits and all(met))
    if not solved:
        section.note("options", "No option meets every constraint; show at least one that does.")


def limits_of(budget: Budget, key: str, at: int) -> tuple[int, int]:
    """Between which amounts a line may be planned in round `at`."""
    line, shift = budget.lines[key], budget.shift(key, at)
    return line.least + shift, line.most + shift


def read_budget(section: Section, criteria: set[str]) -> Budget:
    """The budget of a case; what it notes are mistakes of the file."""
    unit = section.text("unit", longest=40)
    lines = tuple(_line(each) for each in _listed(section, "lines", MOST_LINES, 2))
    refuse_twice(section, "lines", [line.key for line in lines])
    keys = {line.key for line in lines if line.key}
    totals = _totals(lines, unit)
    totals += [_total(each, keys, unit) for each in _listed(section, "totals", 12)]
    measures = [_measure(each, keys) for each in _listed(section, "measures", 12)]
    quantities = [*totals, *measures]
    refuse_twice(section, "totals", [*keys, *(each.key for each in quantities)])
    known = _Known(criteria, keys, {each.key for each in totals}, keys | {each.key for each in quantities})
    limits = tuple(_limit(each, known) for each in _listed(section, "constraints", MOST_LIMITS, 1))
    refuse_twice(section, "constraints", [each.key for each in limits])
    justify = section.section("justify")
    officer = _officer(section.section("officer"), known, {each.key for each in limits})
    budget = Budget(
        unit=unit,
        sheet=_page(section.section("sheet")),
        lines={line.key: line for line in lines},
        quantities={each.key: each for each in quantities},
        limits=limits,
        justify_from=justify.whole("from", 1, LARGEST),
        justify_criterion=_criterion(justify, known),
        justify=_page(justify),
        officer=officer,
        events=tuple(_event(each, known, officer.rounds) for each in _listed(section, "events", 6)),
        summary=_summary(section.section("summary"), known),
        options=tuple(_option(each, known) for each in _listed(section, "options", 6, 1)),
        over=_page(section.section("over")),
    )
    if not section.problems:  # sums with amounts that are no amounts would say nothing
        _check_events(section, budget)
        _check_options(section, budget)
    return budget
