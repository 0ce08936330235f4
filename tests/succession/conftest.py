"""A position with its pool."""

from __future__ import annotations

import pytest

from people.models import Position
from succession.models import Pool
from tenancy.scope import Scope
from tests.factories.succession import make_pool
from tests.world import World


@pytest.fixture
def head(mercy: World, in_mercy: Scope) -> Position:
    """Mara's."""
    return Position.objects.get(title="Head of cardiology")


@pytest.fixture
def pool(mercy: World, head: Position) -> Pool:
    """Owned by Mara, opened by Henry."""
    return make_pool(head, mercy.henry)
