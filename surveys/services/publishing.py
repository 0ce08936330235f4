"""Publishing the results of a closed wave, once and for good."""

from __future__ import annotations

import datetime as dt

import numpy as np
from django.utils import timezone

from people.access import demand
from people.member import Member
from people.notices import notify
from surveys import notices
from surveys.ballots import sums_by_unit
from surveys.enums import WaveState
from surveys.models import PublishedWave, Wave
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.queries import (
    instrument_items,
    leaders_of_units,
    questionnaire_of,
    units_on_roll,
    units_surveyed,
)
from surveys.services.debriefs import open_debriefs
from surveys.services.errors import WaveStateError
from surveys.services.pools import write_pools


def publish_wave(wave: Wave, *, by: Member, at: dt.datetime | None = None) -> PublishedWave:
    """Plan, code, attack and coarsen the results of a closed wave, then write them, once and for good, with
    the certificate of the attack. Survey steward and HR admin.

    `at`: when that was, for a history that is made up; else now."""
    demand(can_run_surveys(by), SURVEYS_ARE_RUN_BY)
    locked = Wave.objects.select_for_update().select_related("instrument").get(pk=wave.pk)
    if locked.state != WaveState.CLOSED:
        raise WaveStateError("Only a closed wave can be published, and only once.")
    items = list(instrument_items(locked.instrument))
    questionnaire = questionnaire_of(locked.instrument, items)
    units = units_surveyed(locked)
    sums, left_out = sums_by_unit(locked, [unit.id for unit in units], questionnaire)
    parent = np.array([unit.parent for unit in units], dtype=np.int64)
    # The attack takes SciPy's optimizer with it, which no web worker should carry.
    from surveys.services.gap_rows import write_gaps  # noqa: PLC0415 - see above
    from surveys.services.release_rows import ReleaseRows  # noqa: PLC0415 - see above
    from surveys.stored_release import index_points, store_release  # noqa: PLC0415 - see above

    release = store_release(parent, sums, questionnaire, threshold=locked.threshold)
    rows = ReleaseRows(locked, units, questionnaire, items, release, asked=units_on_roll(locked))
    leaders = leaders_of_units(on=locked.closes_on)
    rows.write_cells(leaders)
    rows.write_scales()
    rows.write_items()
    rows.write_comments(parent, sums.index.n)
    write_gaps(locked, units, sums, questionnaire, release)
    write_pools(locked, index_points(questionnaire), release.index.statistics.pooled_sd)
    published = rows.write_wave(
        responses=int(sums.index.n.sum()) + left_out, left_out=left_out, at=at or timezone.now()
    )
    rows.write_certificate(at=published.published_at)
    open_debriefs(published)
    locked.state = wave.state = WaveState.PUBLISHED
    locked.save(update_fields=["state"])
    notify(rows.readers(leaders), notices.report_published(locked))
    return published
