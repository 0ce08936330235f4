"""Key figures as the lines of a file."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from readiness.key_figures import KeyFigure
from web.numbers import as_number

HEAD: Final = (
    *(_("Figure"), _("Whom"), _("n"), _("Value"), _("95 % from"), _("95 % to")),
    *(_("Note"), _("Definition")),
)


def row_of(line: KeyFigure) -> list[object]:
    numbers = (as_number(each) if each else "" for each in (line.n, line.value, line.low, line.high))
    return [line.measure.label, line.about, *numbers, line.note, line.definition]
