"""The stations of a way, as <c-steps> shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Station:
    """One of them: `state` is done, now or next; `url` where it leads somewhere."""

    label: str
    note: str
    state: str
    url: str = ""
