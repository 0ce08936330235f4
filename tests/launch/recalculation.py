"""`python -m tests.launch.recalculation`: quarters to score, in the database of a started site.

`fill` makes an organisation whose members answered the pulses, and prints its id; `ask ID QUARTER` asks for
the scores of a quarter and rings, as the page and the beat do.
"""

from __future__ import annotations

import sys

import django

MEMBERS = 40
QUARTERS = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")


def fill() -> int:
    from tenancy.scope import tenant_transaction  # noqa: PLC0415
    from tests.factories.people import make_cohort_membership, make_person  # noqa: PLC0415 - needs Django
    from tests.factories.readiness import make_pulse  # noqa: PLC0415
    from tests.world import build_world  # noqa: PLC0415

    world = build_world("recalculation")
    with tenant_transaction(world.organization.pk):
        for number in range(MEMBERS):
            person = make_person(world.organization, f"Leader {number}", world.unit)
            make_cohort_membership(world.cohort, person)
            for quarter in QUARTERS:
                make_pulse(person, quarter=quarter)
    return world.organization.pk


def ask(organization_id: int, quarter: str) -> None:
    from readiness.services import RECALCULATION  # noqa: PLC0415 - needs Django
    from tenancy.jobs import request_run  # noqa: PLC0415
    from tenancy.scope import tenant_transaction  # noqa: PLC0415
    from tenancy.tasks import tick  # noqa: PLC0415

    with tenant_transaction(organization_id):
        request_run(RECALCULATION, f"{quarter} asked", by=None)
    tick()


if __name__ == "__main__":
    django.setup()
    command, *arguments = sys.argv[1:]
    if command == "fill":
        sys.stdout.write(f"{fill()}\n")
    else:
        ask(int(arguments[0]), arguments[1])
