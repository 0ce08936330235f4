"""What becomes of an analysis when somebody cannot go on with it, or when nobody can."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import AnalysisState, CoderPart
from partnerships.models import AuditAnalysis, Coder
from partnerships.notices import analyses as notices
from partnerships.queries.coding import analyses, coders_gone, coders_missing
from partnerships.services.analyses import locked_analysis, require_new, require_outside, require_unbiased
from partnerships.services.programmes import locked_programme
from people.enums import Role
from people.member import Member
from people.models import Person
from people.notices import notify
from people.role_queries import holders_of

REMIND_AGAIN_AFTER: Final = dt.timedelta(days=7)
OVER = {AnalysisState.RELEASED, AnalysisState.ENDED}


@transaction.atomic
def replace_coder(
    analysis: AuditAnalysis, part: CoderPart, person: Person, why: str, *, by: Member
) -> AuditAnalysis:
    """Somebody else takes the part of one who has not finished, and begins afresh: what the other one gave is
    shown to nobody any more (sql/leaving_coders.sql)."""
    kept = locked_analysis(analysis)
    programme = locked_programme(kept.audit.programme, by)
    leaving = next((each for each in kept.coders_by_part if each.part == part), None)
    if leaving is None:
        raise ValidationError({"part": _("Nobody has this part.")})
    _require_unfinished(kept, leaving)
    _require_reason(why)
    require_outside(programme, person=person)
    require_new(kept, person)
    if part != CoderPart.THIRD:
        require_unbiased(kept.audit, person=person)
    _leave(leaving, why.strip())
    kept.reminded_on = None  # of who leaves next they hear at once
    kept.save(update_fields=["reminded_on"])
    Coder.objects.create(analysis=kept, person=person, part=part)
    notify({leaving.person_id} - {by.person_id}, notices.replaced(kept))
    notify({person.pk} - {by.person_id}, notices.asked(kept, part))
    others = {each.person_id for each in kept.coders_by_part} - {leaving.person_id, by.person_id}
    notify(others, notices.joined(kept, person))
    return locked_analysis(kept)


@transaction.atomic
def end_analysis(analysis: AuditAnalysis, why: str, *, by: Member) -> AuditAnalysis:
    """It is not finished; it stays as what it was, and another one can begin. The codebook stays, too."""
    kept = locked_analysis(analysis)
    locked_programme(kept.audit.programme, by)
    if kept.state in OVER:
        raise ValidationError(_("Meanwhile it is over: %(state)s.") % {"state": kept.get_state_display()})
    _require_reason(why)
    kept.state, kept.ended_on, kept.why = AnalysisState.ENDED, timezone.localdate(), why.strip()
    kept.save(update_fields=["state", "ended_on", "why"])
    notify({each.person_id for each in kept.coders_by_part} - {by.person_id}, notices.ended(kept))
    return kept


@transaction.atomic
def tell_of_coders_gone(*, on: dt.date) -> int:
    """Whoever leads the programme, and HR, hear who left the organisation before they had finished; once a
    week until somebody takes their place. Gives of how many analyses."""
    again = Q(reminded_on=None) | Q(reminded_on__lte=on - REMIND_AGAIN_AFTER)
    theirs = Exists(coders_gone(on=on).filter(analysis=OuterRef("pk")))
    waiting = list(analyses().filter(again, theirs).select_for_update(of=("self",)).order_by("pk"))
    hr = set(holders_of(Role.HR_ADMIN)) if waiting else set()
    for analysis in waiting:
        for coder in coders_missing(analysis, on=on):
            notify(hr | {analysis.audit.programme.lead_id}, notices.gone(analysis, coder.person))
        analysis.reminded_on = on
    AuditAnalysis.objects.bulk_update(waiting, ["reminded_on"])
    return len(waiting)


def _require_unfinished(analysis: AuditAnalysis, leaving: Coder) -> None:
    if analysis.state in OVER:
        raise ValidationError(_("Meanwhile it is over: %(state)s.") % {"state": analysis.get_state_display()})
    if leaving.finished_at is not None:
        raise ValidationError(
            {
                "part": _(
                    "%(name)s has handed in, and that stays. Where the two differ, a third reader can decide."
                )
                % {"name": leaving.person.name}
            }
        )


def _require_reason(why: str) -> None:
    if not why.strip():
        raise ValidationError({"why": _("Say why: it stays on record for those who run the programme.")})


def _leave(coder: Coder, why: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT partnerships_coder_leaves(%s, %s, %s)", [coder.pk, timezone.localdate(), why])
