"""One factory a model of the onboarding."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from people.models import Person
from people.terms import years_later
from sponsors.enums import GateDecision, Part
from sponsors.models import Gate, GateItem, GateProof, Onboarding, OnboardingContents, Recommendation
from sponsors.services.onboarding_contents import install_contents
from tenancy.scope import tenant_transaction


def make_onboarding(leader: Person, *, by: Person, **fields: Any) -> Onboarding:
    """Since eleven months, by the preset, with its first gate a month ahead, unless the fields say otherwise.
    `due_on` and `number` are the gate's."""
    today = timezone.localdate()
    started_on = fields.pop("started_on", years_later(today + dt.timedelta(days=30), -1))
    number = fields.pop("number", 1)
    due_on = fields.pop("due_on", years_later(started_on, number))
    with tenant_transaction(leader.organization_id):
        install_contents()
        made = Onboarding.objects.create(
            organization_id=leader.organization_id,
            leader=leader,
            contents=OnboardingContents.objects.get(version=1),
            started_on=started_on,
            started_by=by,
            **{"role": "Head of cardiology", **fields},
        )
        Gate.objects.create(
            organization_id=leader.organization_id, onboarding=made, number=number, due_on=due_on
        )
    return made


def gate_of(onboarding: Onboarding) -> Gate:
    """The open one."""
    with tenant_transaction(onboarding.organization_id):
        return Gate.objects.select_related("onboarding__leader").get(onboarding=onboarding, decision="")


def items_at(onboarding: Onboarding, gate: int = 1) -> list[GateItem]:
    with tenant_transaction(onboarding.organization_id):
        return list(GateItem.objects.filter(contents=onboarding.contents_id, gate=gate).order_by("position"))


def make_proof(onboarding: Onboarding, item: GateItem, **fields: Any) -> GateProof:
    """Shown today, and waiting, unless the fields say otherwise."""
    today = timezone.localdate()
    values = {"done_on": today, "shown_on": today, "words": "Done, with the team.", **fields}
    with tenant_transaction(onboarding.organization_id):
        return GateProof.objects.create(
            organization_id=onboarding.organization_id,
            onboarding=onboarding,
            item=item,
            shown_by_id=onboarding.leader_id,
            **values,
        )


def confirm_all(onboarding: Onboarding, *, by: Person, gate: int = 1) -> None:
    """Everything that the gate asks for."""
    for item in items_at(onboarding, gate):
        make_proof(onboarding, item, state="confirmed", decided_by=by, decided_on=timezone.localdate())


def make_recommendation(gate: Gate, part: Part, *, by: Person, **fields: Any) -> Recommendation:
    values = {"recommends": GateDecision.GO_ON, "words": f"Goes well, says the {part}.", **fields}
    with tenant_transaction(gate.organization_id):
        return Recommendation.objects.create(
            organization_id=gate.organization_id, gate=gate, part=part, by=by, **values
        )


def make_words(onboarding: Onboarding, *, sponsor: Person, manager: Person, **fields: Any) -> Gate:
    """Both recommend at the open gate."""
    gate = gate_of(onboarding)
    make_recommendation(gate, Part.SPONSOR, by=sponsor, **fields)
    make_recommendation(gate, Part.MANAGER, by=manager, **fields)
    return gate


def report() -> SimpleUploadedFile:
    return SimpleUploadedFile("profile.pdf", b"%PDF-1.7 profile", "application/pdf")
