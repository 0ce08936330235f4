"""Rows that a statement of ours has read, as objects of their models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

M = TypeVar("M", bound=Model)


def loaded(model: type[M], fields: Sequence[str], values: Sequence[Any]) -> M:
    """A row of which these fields were read; the others are loaded when somebody asks for them."""
    row = dict(zip(fields, values, strict=True))
    ordered = [field.attname for field in model._meta.concrete_fields if field.attname in row]
    return model.from_db(DEFAULT_DB_ALIAS, ordered, [row[name] for name in ordered])
