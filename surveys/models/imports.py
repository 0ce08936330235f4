from __future__ import annotations

from django.db import models

from people.models import Person, Unit
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.enums import ImportState
from surveys.models.instruments import Instrument
from surveys.models.waves import Wave
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.pieces import Piece


class SurveyImport(TenantModel):
    """A file of a past survey on its way into a closed wave.

    Its content is in chunks until the import ends, a day at most; this row keeps no cell of it.
    """

    requested_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.UPLOADED)
    file_name = models.CharField(max_length=255)  # as the person called it
    file_size = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=200)
    opens_on = models.DateField()
    closes_on = models.DateField()
    threshold = models.PositiveSmallIntegerField(default=THRESHOLD_FLOOR)
    # None: make an instrument from the columns.
    instrument = TenantForeignKey(Instrument, on_delete=models.PROTECT, null=True, related_name="+")
    # Where units that the organisation does not have yet are made; None: unknown units are a problem.
    units_under = TenantForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    mapping = models.JSONField(default=dict)
    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("requested_by", "instrument", "units_under", "wave"),
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values),
                name="surveys_import_state",
            ),
        ]
        indexes = [models.Index(fields=["organization", "created_at"], name="surveys_import_recent")]

    def __str__(self) -> str:
        return self.title


class SurveyImportChunk(Piece):
    """A piece of the uploaded file's table."""

    source = TenantForeignKey(SurveyImport, on_delete=models.CASCADE, related_name="chunks")

    class Meta(Piece.Meta):
        constraints = [
            *walls("source", audited=False),
            models.UniqueConstraint(
                fields=["organization", "source", "number"], name="surveys_importchunk_once"
            ),
        ]
