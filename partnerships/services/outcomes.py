"""What a programme is measured by: declared in its first year, looked at after two."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import PartnershipProgramme, ProgrammeOutcome
from partnerships.services.programmes import locked_programme
from people.member import Member


@transaction.atomic
def declare_outcome(
    programme: PartnershipProgramme, title: str, before: str, *, by: Member
) -> ProgrammeOutcome:
    """What is looked at is said before it is known how it went: within the twelve months (C19)."""
    kept = locked_programme(programme, by)
    today = timezone.localdate()
    if today > kept.ends_on:
        raise ValidationError(_("The year is over: what is looked at was to be declared before."))
    try:
        with transaction.atomic():
            return ProgrammeOutcome.objects.create(
                programme=kept, title=title.strip(), before=before.strip(), declared_on=today
            )
    except IntegrityError as error:
        if "partnerships_outcome_once" not in str(error):
            raise
        raise ValidationError({"title": _("It is declared already.")}) from error


@transaction.atomic
def measure_outcome(
    outcome: ProgrammeOutcome, after: str, measured_on: dt.date, source: str, *, by: Member
) -> ProgrammeOutcome:
    """How it stands, on which day, and from where one knows it; a later look takes its place."""
    locked_programme(outcome.programme, by)
    kept = ProgrammeOutcome.objects.select_for_update().get(pk=outcome.pk)
    if not kept.declared_on <= measured_on <= timezone.localdate():
        raise ValidationError({"measured_on": _("Choose a day from its declaration until today.")})
    kept.after, kept.measured_on, kept.source = after.strip(), measured_on, source.strip()
    kept.save(update_fields=["after", "measured_on", "source"])
    return kept


@transaction.atomic
def drop_outcome(outcome: ProgrammeOutcome, *, by: Member) -> None:
    """Declared by mistake. What was measured stays, however it went."""
    locked_programme(outcome.programme, by)
    kept = ProgrammeOutcome.objects.select_for_update().get(pk=outcome.pk)
    if kept.is_measured:
        raise ValidationError(_("It is measured: it stays, however it went."))
    kept.delete()
