"""The link between two rows of the same organisation."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class TenantForeignKey(models.ForeignKey[_Set, _Get]):
    """A foreign key whose constraint is the composite one of `walls()`.

    The single-column constraint would accept another organisation's row, so it is not made; indexes begin
    with the organisation and are declared where a query needs them.
    """

    def __init__(self, to: Any, on_delete: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        kwargs.setdefault("db_index", False)
        super().__init__(to, on_delete, **kwargs)
