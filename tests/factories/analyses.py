"""One factory a model of the thematic analysis of audits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone

from partnerships.enums import AuditPoint, CoderPart
from partnerships.models import (
    AuditAnalysis,
    Code,
    Coder,
    Feedback,
    PartnershipProgramme,
    ProgrammeAudit,
    Theme,
)
from partnerships.queries.coding import analyses, comments_of
from partnerships.services.analyses import finish_coding, read_comment
from people.models import Person
from surveys.built_in import CULTURAL_AUDIT
from surveys.enums import WaveState
from surveys.models import Instrument, PublishedComment, PublishedWave, Wave
from surveys.services.instruments import ensure_built_in_instruments
from tenancy.scope import tenant_scope, tenant_transaction
from tests.factories.partnerships import make_audit
from tests.factories.surveys import days_ago, make_wave
from tests.members import member_of
from tests.world import World


def make_written_wave(
    world: World, texts: Sequence[str], *, published_days_ago: int = 10, **fields: Any
) -> Wave:
    """A cultural audit of which these comments were published, all to be read at the root."""
    with tenant_transaction(world.organization.pk):
        ensure_built_in_instruments()
        instrument = Instrument.objects.get(key=CULTURAL_AUDIT.key)
        wave = make_wave(instrument, state=WaveState.CLOSED, **fields)
        PublishedComment.objects.bulk_create(
            PublishedComment(organization=world.organization, wave=wave, unit=world.root, text=text)
            for text in texts
        )
        PublishedWave.objects.create(
            organization=world.organization,
            wave=wave,
            published_at=days_ago(published_days_ago),
            responses=len(texts),
            left_out=0,
            units=1,
            withheld=0,
            threshold=wave.threshold,
        )
        wave.state = WaveState.PUBLISHED
        wave.save(update_fields=["state"])
    return wave


def make_written_audit(
    world: World,
    programme: PartnershipProgramme,
    texts: Sequence[str],
    which: AuditPoint = AuditPoint.START,
    **fields: Any,
) -> ProgrammeAudit:
    return make_audit(programme, make_written_wave(world, texts, **fields), which)


def make_theme(programme: PartnershipProgramme, name: str = "Trust", **fields: Any) -> Theme:
    values = {"definition": f"What {name.lower()} is about", **fields}
    with tenant_transaction(programme.organization_id):
        return Theme.objects.create(
            organization_id=programme.organization_id, programme=programme, name=name, **values
        )


def make_code(programme: PartnershipProgramme, name: str, **fields: Any) -> Code:
    values = {"definition": f"Whoever writes of {name.lower()}", **fields}
    with tenant_transaction(programme.organization_id):
        return Code.objects.create(
            organization_id=programme.organization_id, programme=programme, name=name, **values
        )


def make_analysis(audit: ProgrammeAudit, first: Person, second: Person, **fields: Any) -> AuditAnalysis:
    """Two are named, nothing is coded; as a page loads it."""
    own = {"organization_id": audit.organization_id}
    today = timezone.localdate()
    state = fields.get("state", "preparing")
    values = {"begun_on": today, "begun_by": first, "coding_since": None if state == "preparing" else today}
    with tenant_transaction(audit.organization_id):
        made = AuditAnalysis.objects.create(**own, audit=audit, **(values | fields))
        Coder.objects.bulk_create(
            Coder(**own, analysis=made, person=person, part=part)
            for part, person in ((CoderPart.FIRST, first), (CoderPart.SECOND, second))
        )
    return analysis_as_loaded(made)


def analysis_as_loaded(analysis: AuditAnalysis) -> AuditAnalysis:
    with tenant_transaction(analysis.organization_id):
        return analyses().get(pk=analysis.pk)


def code_as(analysis: AuditAnalysis, person: Person, given: Mapping[str, Collection[Code]]) -> None:
    """One coder reads everything and hands it in: by a comment's text its codes."""
    with tenant_scope(analysis.organization_id, actor_id=person.pk):
        for quote in comments_of(analysis):
            codes = [code.pk for code in given.get(quote.text, ())]
            read_comment(analysis, quote, codes, by=member_of(person))
        finish_coding(analysis, by=member_of(person))


def make_feedback(analysis: AuditAnalysis, person: Person, **fields: Any) -> Feedback:
    """Told today."""
    values = {"told_on": timezone.localdate(), **fields}
    with tenant_transaction(analysis.organization_id):
        return Feedback.objects.create(
            organization_id=analysis.organization_id, analysis=analysis, person=person, **values
        )
