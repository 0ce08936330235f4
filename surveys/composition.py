"""An instrument as somebody writes it, in a form or in a file: plain values, checked, before it is stored.

Whatever the way, facts and items arrive as text under the names of FACTS and ITEM, and what is wrong is said
with the name it stands under.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from surveys.built_in import Wording
from surveys.enums import About, ItemPart
from surveys.leader_index import least_answered
from surveys.questionnaire import RESERVED_KEYS, Question, Questionnaire
from web.csv import unguarded
from web.tables_in import objection

FACTS: Final = ("title", "about", "minimum_answered", "holder", "licence")
ITEM: Final = (
    *("key", "section", "text", "part", "group", "low", "high", "labels", "reversed", "cannot_say"),
)
MAX_ITEMS: Final = 120
MAX_LEVELS: Final = 11  # 0 to 10
HIGHEST: Final = 100
LONGEST: Final = {"title": 200, "holder": 200, "licence": 2000, "section": 200, "text": 500, "group": 64}
LONGEST_LABEL: Final = 60
BETWEEN_LABELS: Final = "|"
KEY: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
YES, NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})

Say = Callable[[str, str], None]  # under which name, what is wrong


@dataclass(frozen=True)
class Composition:
    """An instrument's facts and its items in order, index items first. A key may still be empty."""

    title: str
    about: str
    minimum_answered: int
    wordings: tuple[Wording, ...] = ()
    holder: str = ""
    licence: str = ""

    @property
    def obstacle(self) -> str:
        """Why nobody can be asked this yet; empty when it can be put to use."""
        if not self.wordings:
            return _("There are no questions yet.")
        try:
            Questionnaire(tuple(wording.question for wording in self.wordings), self.minimum_answered)
        except ValueError as error:
            return str(error)
        return ""


def compose(facts: Composition, wordings: Iterable[Wording], minimum_answered: int | None) -> Composition:
    """Facts and items together: index items first, and the usual demand where none is said."""
    ordered = tuple(sorted(wordings, key=lambda wording: wording.question.part != ItemPart.INDEX))
    index_items = sum(wording.question.part == ItemPart.INDEX for wording in ordered)
    if minimum_answered is None:
        minimum_answered = max(1, least_answered(index_items))
    return replace(facts, wordings=ordered, minimum_answered=minimum_answered)


def with_keys(wordings: Sequence[Wording], used: Collection[str]) -> tuple[Wording, ...]:
    """Give each item without a key the next one of its group: `inform-3`. Keys `used` in other versions are
    not given again, so that a key never means two things."""
    taken = {*used, *(wording.question.key for wording in wordings), *RESERVED_KEYS}
    keyed = []
    for wording in wordings:
        key = wording.question.key or _next_key(wording.question.group, taken)
        taken.add(key)
        keyed.append(replace(wording, question=replace(wording.question, key=key)))
    return tuple(keyed)


def own_key(title: str, otherwise: str) -> str:
    """The key that a title makes. It has no underscore: those are of built-in instruments, of all to come
    too."""
    return slugify(title).replace("_", "-").strip("-")[:64] or otherwise


def _next_key(group: str, taken: Collection[str]) -> str:
    base = slugify(group).replace("_", "-").strip("-")[:50] or "item"
    number = 1
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def read_facts(cells: Mapping[str, str], say: Say) -> tuple[Composition, int | None]:
    """The facts without items, and the demand if one is said. What is wrong is said, and left out."""
    reader = _Reader(cells, say)
    holder, licence = reader.words("holder"), reader.words("licence")
    if licence and not holder:
        say("holder", _("Say whose wording this is: the note of a licence names its holder."))
    facts = Composition(
        title=reader.words("title", needed=_("Give the questionnaire a title.")),
        about=reader.choice("about", About.values, About.LEADER),
        minimum_answered=1,
        holder=holder,
        licence=licence,
    )
    return facts, reader.number("minimum_answered", 1, MAX_ITEMS, None)


def read_item(cells: Mapping[str, str], say: Say) -> Wording:
    """An item. What is wrong is said, and replaced by something harmless that must not be used."""
    reader = _Reader(cells, say)
    part = reader.choice("part", ItemPart.values, ItemPart.INDEX)
    low, high = reader.number("low", 0, HIGHEST, 1), reader.number("high", 0, HIGHEST, 5)
    low, high = (low or 0), (high or 0)
    if not reader.wrong & {"low", "high"}:
        if high <= low:
            say("high", _("The highest answer must be above the lowest."))
        elif high - low >= MAX_LEVELS:
            say("high", _("At most %(most)d answers can be offered.") % {"most": MAX_LEVELS})
        else:
            reader.levels = high - low + 1
    return Wording(
        Question(
            key=reader.key(),
            part=part,
            group=reader.words("group") or part,
            low=low,
            high=high,
            reversed=reader.flag("reversed", default=False),
        ),
        text=reader.words("text", needed=_("Write the question.")),
        section=reader.words("section"),
        labels=reader.labels(),
        cannot_say=reader.flag("cannot_say", default=True),
    )


def tell_repeated_keys(wordings: Sequence[Wording], say: Callable[[int, str, str], None]) -> None:
    """Say of each item, by its place, that an earlier one has the same key."""
    places: dict[str, int] = {}
    for place, wording in enumerate(wordings):
        key = wording.question.key
        if key and places.setdefault(key, place) != place:
            say(place, "key", _("Question %(number)d has this ID already.") % {"number": places[key] + 1})


def one_line(text: str) -> str:
    """Text as it is kept: single spaces, and without the apostrophe that exports put before formulas."""
    return unguarded(" ".join(text.split())).strip()


class _Reader:
    """The cells of one thing. What cannot be read is said and remembered as wrong."""

    def __init__(self, cells: Mapping[str, str], say: Say) -> None:
        self._cells, self._say = cells, say
        self.wrong: set[str] = set()
        self.levels = 0  # how many answers there are, once that is known

    def _refuse(self, name: str, message: str) -> None:
        self.wrong.add(name)
        self._say(name, message)

    def words(self, name: str, *, needed: str = "") -> str:
        """Text on one line."""
        text = one_line(self._cells.get(name, ""))
        if not text and needed:
            self._refuse(name, needed)
        elif against := objection(text):
            self._refuse(name, against)
        elif len(text) > (longest := LONGEST.get(name, HIGHEST)):
            self._refuse(name, _("At most %(most)d characters.") % {"most": longest})
        else:
            return text
        return ""

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        value = self._cells.get(name, "").strip().casefold()
        if value and value not in allowed:
            self._refuse(name, _("Expected one of: %(values)s.") % {"values": ", ".join(allowed)})
        return value if value in allowed else default

    def number(self, name: str, least: int, most: int, default: int | None) -> int | None:
        value = self._cells.get(name, "").strip()
        if not value:
            return default
        if not re.fullmatch(r"[0-9]{1,4}", value) or not least <= int(value) <= most:
            words = _("Expected a whole number from %(least)d to %(most)d.")
            self._refuse(name, words % {"least": least, "most": most})
            return default
        return int(value)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._cells.get(name, "").strip().casefold()
        if value and value not in YES | NO:
            self._refuse(name, _("Expected yes or no."))
        return value in YES if value in YES | NO else default

    def key(self) -> str:
        key = self._cells.get("key", "").strip()
        if key and not KEY.fullmatch(key):
            self._refuse("key", _("Expected small letters, digits, - and _, at most 64."))
            return ""
        if key in RESERVED_KEYS:
            self._refuse("key", _("This word has another use on the page. Choose another ID."))
            return ""
        return key

    def labels(self) -> tuple[str, ...]:
        """What the answers say, one for each, or none at all."""
        written = self._cells.get("labels", "")
        if not written.strip():
            return ()
        labels = tuple(one_line(label) for label in unguarded(written.strip()).split(BETWEEN_LABELS))
        if any(not label or len(label) > LONGEST_LABEL or objection(label) for label in labels):
            self._refuse(
                "labels", _("Each answer needs words, at most %(most)d characters.") % {"most": LONGEST_LABEL}
            )
        elif self.levels and len(labels) != self.levels:
            words = _(
                "Expected words for %(levels)d answers with a | between them, lowest first; found %(found)d."
            )
            self._refuse("labels", words % {"levels": self.levels, "found": len(labels)})
        elif self.levels:
            return labels
        return ()
