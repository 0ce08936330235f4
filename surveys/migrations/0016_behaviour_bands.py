from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import migrations, models

import surveys.shrinkage
from surveys.bands import behaviour_bands

# Of waves published before, the heat map computed the bands each time it was opened, from these columns.
STORED = """
SELECT s.organization_id, s.wave_id, s."group", s.id, s.n, s.mean, s.low, s.high, c.lowest, c.depth = 0
FROM surveys_publishedscale s
JOIN surveys_publishedindex c
  ON c.organization_id = s.organization_id AND c.wave_id = s.wave_id AND c.unit_id = s.unit_id
WHERE s.part = 'index' ORDER BY s.organization_id, s.wave_id, s."group"
"""
STORE = """
UPDATE surveys_publishedscale s SET band = filled.band
FROM unnest(%s::uuid[], %s::text[]) AS filled (id, band) WHERE s.id = filled.id
"""


def fill_bands(cursor: Any) -> None:
    """Store the bands of published behaviours, as their publisher does from now on. Changes no figure."""
    cursor.execute(STORED)
    for _behaviour, rows in groupby(cursor.fetchall(), key=itemgetter(0, 1, 2)):
        _, _, _, ids, *numbers, lowest, top = zip(*rows, strict=True)
        n, mean, low, high = (np.array(column, dtype=np.float64) for column in numbers)
        base = np.array(lowest, dtype=np.bool_)
        everybody = np.array(top, dtype=np.bool_) & ~base
        bands = behaviour_bands(n, mean, low, high, lowest=base, everybody=everybody)
        cursor.execute(STORE, [[str(key) for key in ids], bands.tolist()])


def fill(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        fill_bands(cursor)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0015_survey_rule_author")]

    operations = [
        migrations.AddField(
            model_name="publishedscale",
            name="band",
            field=models.CharField(default=surveys.shrinkage.Band["UNKNOWN"], max_length=8),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
