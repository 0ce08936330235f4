"""Which surveys were the audits of a partnership programme. They are made and run by whoever runs surveys."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import AuditPoint
from partnerships.models import AuditAnalysis, PartnershipProgramme, ProgrammeAudit
from partnerships.queries.audits import asked_of, audit_waves, audits_of
from partnerships.services.programmes import locked_programme
from people.member import Member
from surveys.models import Wave
from surveys.series import series_name


@transaction.atomic
def attach_audit(
    programme: PartnershipProgramme, which: AuditPoint, wave: Wave, *, by: Member
) -> ProgrammeAudit:
    """This survey was the audit. It asked those who take part, and both audits the same part of the people:
    otherwise what changed between them would say nothing."""
    kept = locked_programme(programme, by)
    _require_fit(kept, which, wave)
    try:
        with transaction.atomic():
            return ProgrammeAudit.objects.create(
                programme=kept,
                which=which,
                wave=wave,
                attached_on=timezone.localdate(),
                attached_by_id=by.person_id,
            )
    except IntegrityError as error:
        if "partnerships_audit_" not in str(error):
            raise
        raise ValidationError(_("There is an audit already: take it away first.")) from error


@transaction.atomic
def detach_audit(audit: ProgrammeAudit, *, by: Member) -> None:
    """It was another survey. The survey itself stays; once somebody codes what was written in it, so does the
    audit."""
    locked_programme(audit.programme, by)
    if AuditAnalysis.objects.filter(audit=audit).exists():
        raise ValidationError(_("What was written in it is being analysed: it stays."))
    ProgrammeAudit.objects.filter(pk=audit.pk).delete()


def _require_fit(programme: PartnershipProgramme, which: AuditPoint, wave: Wave) -> None:
    if not audit_waves().filter(pk=wave.pk).exists():
        raise ValidationError({"wave": _("This survey is no cultural audit that was opened here.")})
    if not asked_of(programme, wave).participants:
        raise ValidationError({"wave": _("This survey asked nobody who takes part.")})
    for other in audits_of(programme).exclude(which=which):
        if (series_name(other.wave), other.wave.unit_id) != (series_name(wave), wave.unit_id):
            raise ValidationError(
                {
                    "wave": _("“%(other)s” asked another part of the people: the two could not be compared.")
                    % {"other": other.wave.title}
                }
            )
        earlier, later = (wave, other.wave) if which == AuditPoint.START else (other.wave, wave)
        if earlier.closes_on >= later.opens_on:
            raise ValidationError({"wave": _("The audit at the start comes before the one at the end.")})
