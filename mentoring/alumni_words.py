"""The words by which a text is found: pure."""

from __future__ import annotations

import re
from typing import Final

from people.queries import search_text

_WORD: Final = re.compile(r"\w+")
SHORTEST, LONGEST, MOST = 2, 40, 8000


def words_of(*texts: str) -> list[str]:
    """The different words of some texts, lower case and without accents, in their order; shorter ones than
    two letters are left out, longer ones cut."""
    found = _WORD.findall(search_text(" ".join(texts)))
    return list(dict.fromkeys(word[:LONGEST] for word in found if len(word) >= SHORTEST))[:MOST]
