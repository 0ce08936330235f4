"""Two at once: what the second one is told, so that nothing of either is lost."""

from __future__ import annotations

from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

T = TypeVar("T")


class ChangedMeanwhileError(ValidationError, Generic[T]):
    """Somebody else changed it first: it is `current` now. The second one looks, and decides."""

    def __init__(self, current: T, by: str) -> None:
        super().__init__(
            _("Meanwhile %(name)s changed this. Look at what is different, then save again or leave it.")
            % {"name": by or _("somebody")}
        )
        self.current = current


def moved_to(state: str) -> ValidationError:
    """It is in another state by now, in the state's words."""
    return ValidationError(_("Meanwhile this changed. It is now: %(state)s.") % {"state": state.lower()})
