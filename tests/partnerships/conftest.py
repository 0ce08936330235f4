"""Ada, a physician, and Mara lead cardiology together."""

from __future__ import annotations

import pytest

from partnerships.models import Partnership
from tenancy.scope import Scope
from tests.factories.partnerships import make_partnership
from tests.world import World


@pytest.fixture
def dyad(mercy: World, in_mercy: Scope) -> Partnership:
    return make_partnership(mercy.unit, mercy.ada, mercy.mara)
