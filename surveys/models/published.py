"""What a wave's publisher wrote: the only survey figures a page, an export or the API ever reads.

The application's role may insert and read these rows, not change or delete them, and a trigger refuses
inserts once the wave is published. A cell is a unit with all units below it.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from people.models import Person, Unit
from surveys.coding import LEAST_RANGE, Bound
from surveys.disclosure import BREAKDOWN_FROM, THRESHOLD_FLOOR
from surveys.enums import CellShown, ItemPart
from surveys.models.instruments import InstrumentItem
from surveys.models.waves import Wave
from surveys.pooling import MOST_WAVES
from surveys.shrinkage import Band
from tenancy.models import TenantForeignKey, TenantModel, walls

NUMBERS = ["n", "mean", "sd", "se", "low", "high", "percent", "agreement", "histogram", "histogram_edges"]
NUMBERS += ["weight", "estimate", "estimate_low", "estimate_high", "above_centre"]


def no_numbers() -> models.Q:
    return models.Q(**{f"{name}__isnull": True for name in NUMBERS}) & models.Q(band=Band.UNKNOWN)


def within_scale(
    low: float | None, high: float | None, scale_low: float, scale_high: float
) -> tuple[float | None, float | None]:
    """An interval cut at the ends of its scale: no mean lies beyond them, so it covers as often as before."""
    if low is None or high is None:
        return None, None
    return max(low, scale_low), min(high, scale_high)


def bound_field() -> models.SmallIntegerField[int, int]:
    """Whether the mean beside it is a bound, "or more" or "or fewer": then nothing is known of its spread."""
    return models.SmallIntegerField(
        default=Bound.EXACT, choices=[(bound.value, bound.name) for bound in Bound]
    )


def nothing_beside_a_bound(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(bound=Bound.EXACT)
        | models.Q(bound__in=[Bound.OR_FEWER, Bound.OR_MORE], sd__isnull=True, low__isnull=True),
        name=name,
    )


class PublishedIndex(TenantModel):
    """The index of one unit in one wave: of every unit with anybody on the wave's roll, in a survey from a
    file of those with any answer. A cell that is withheld holds no number at all."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="cells")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # Who led the unit when the wave closed.
    leader = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="published_indexes")
    position = models.PositiveIntegerField()  # place in the unit tree, brothers and sisters by name: no rank
    depth = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=CellShown.choices)
    lowest = models.BooleanField(default=False)  # published, with no published cell below
    # Told of the same people as the cell of another leader below, who reads it first (surveys.same_people).
    same_as_below = models.BooleanField(default=False)
    n = models.PositiveIntegerField(null=True)
    mean = models.FloatField(null=True)  # in points, as sd, se and the intervals; or a bound's edge
    bound = bound_field()
    sd = models.FloatField(null=True)
    se = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    percent = models.FloatField(null=True)  # of the scale's range, 0 to 100
    agreement = models.FloatField(null=True)  # r_wg(j)
    # Scores by column, from 10 respondents; a column holds its lower edge, the last one also its upper.
    histogram = ArrayField(models.PositiveIntegerField(), null=True)
    histogram_edges = ArrayField(models.FloatField(), null=True)
    weight = models.FloatField(null=True)  # on the unit's own mean
    estimate = models.FloatField(null=True)  # adjusted for small team
    estimate_low = models.FloatField(null=True)
    estimate_high = models.FloatField(null=True)
    above_centre = models.FloatField(null=True)
    band = models.CharField(max_length=8, default=Band.UNKNOWN)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", "unit", "leader", audited=False),
            models.UniqueConstraint(fields=["organization", "wave", "unit"], name="surveys_index_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=CellShown.values), name="surveys_index_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state=CellShown.PUBLISHED, n__gte=THRESHOLD_FLOOR, mean__isnull=False)
                | (~models.Q(state=CellShown.PUBLISHED) & no_numbers()),
                name="surveys_index_suppressed",
            ),
            models.CheckConstraint(
                condition=models.Q(histogram__isnull=True) | models.Q(n__gte=BREAKDOWN_FROM),
                name="surveys_index_histogram_from_ten",
            ),
            nothing_beside_a_bound("surveys_index_bound"),
        ]
        indexes = [
            models.Index(fields=["organization", "wave", "position"], name="surveys_index_tree"),
            models.Index(fields=["organization", "leader"], name="surveys_index_leader"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.wave_id}"

    @property
    def is_published(self) -> bool:
        return self.state == CellShown.PUBLISHED

    @property
    def interval(self) -> tuple[float | None, float | None]:
        return within_scale(self.low, self.high, self.wave.scale_low, self.wave.scale_high)

    @property
    def estimate_interval(self) -> tuple[float | None, float | None]:
        return within_scale(self.estimate_low, self.estimate_high, self.wave.scale_low, self.wave.scale_high)


class PublishedScale(TenantModel):
    """A behaviour (from 10 respondents) or an outcome (from the threshold) of one unit in one wave."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="scales")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=ItemPart.choices)
    group = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField()
    items = models.PositiveSmallIntegerField()  # how many items the scale sums
    scale_low = models.FloatField()  # of the mean below
    scale_high = models.FloatField()
    n = models.PositiveIntegerField()
    mean = models.FloatField()  # index parts: sum of the items; outcomes: their mean; or a bound's edge
    bound = bound_field()
    sd = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    band = models.CharField(max_length=8, default=Band.UNKNOWN)  # of a behaviour, see surveys.bands

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", "unit", audited=False),
            models.UniqueConstraint(
                fields=["organization", "wave", "unit", "group"], name="surveys_scale_once"
            ),
            models.CheckConstraint(
                condition=models.Q(part=ItemPart.OUTCOME, n__gte=THRESHOLD_FLOOR)
                | models.Q(part=ItemPart.INDEX, n__gte=BREAKDOWN_FROM),
                name="surveys_scale_large_enough",
            ),
            nothing_beside_a_bound("surveys_scale_bound"),
        ]

    def __str__(self) -> str:
        return f"{self.group} of {self.unit_id}"

    @property
    def interval(self) -> tuple[float | None, float | None]:
        return within_scale(self.low, self.high, self.scale_low, self.scale_high)


class PublishedItem(TenantModel):
    """How the people of a unit answered an item, from 10 respondents, as surveys.coding allows it: spans of
    neighbouring answers, lowest first, and how many gave one of them."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="items")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    item = TenantForeignKey(InstrumentItem, on_delete=models.PROTECT, related_name="+")
    n = models.PositiveIntegerField()
    ends = ArrayField(models.PositiveSmallIntegerField())  # of each span: its highest answer's place, from 1
    fewest = ArrayField(models.PositiveIntegerField())  # people of each span, at least
    most = ArrayField(models.PositiveIntegerField())  # and at most: the same where it is told exactly

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", "unit", "item", audited=False),
            models.UniqueConstraint(
                fields=["organization", "wave", "unit", "item"], name="surveys_publisheditem_once"
            ),
            models.CheckConstraint(
                condition=models.Q(n__gte=BREAKDOWN_FROM), name="surveys_publisheditem_from_ten"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} of {self.unit_id}"


class PublishedWave(TenantModel):
    """Everybody together, and what the published cells say about the instrument: nothing here was computed
    from a cell that is withheld, so nothing here gives one away."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="published")
    # When its leaders may read their reports; see surveys/timing.py for their immediate leaders.
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    responses = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()  # too few answers
    units = models.PositiveIntegerField()  # cells, shown or withheld
    withheld = models.PositiveIntegerField()
    threshold = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField(null=True)
    mean = models.FloatField(null=True)
    bound = bound_field()
    sd = models.FloatField(null=True)
    se = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    percent = models.FloatField(null=True)
    histogram = ArrayField(models.PositiveIntegerField(), null=True)
    histogram_edges = ArrayField(models.FloatField(), null=True)
    # Over the published lowest cells:
    icc1 = models.FloatField(null=True)
    icc2 = models.FloatField(null=True)
    agreement = models.FloatField(null=True)  # median r_wg(j)
    pooled_sd = models.FloatField(null=True)
    centre = models.FloatField(null=True)
    between_variance = models.FloatField(null=True)
    slopes = models.JSONField(default=list)  # of each outcome on the index: group, slope, low, high, n, ...

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", audited=False),
            models.UniqueConstraint(fields=["organization", "wave"], name="surveys_publishedwave_once"),
            models.CheckConstraint(
                condition=models.Q(n__isnull=True, mean__isnull=True, histogram__isnull=True)
                | models.Q(n__gte=THRESHOLD_FLOOR),
                name="surveys_publishedwave_suppressed",
            ),
            nothing_beside_a_bound("surveys_publishedwave_bound"),
        ]

    def __str__(self) -> str:
        return f"results of {self.wave_id}"

    @property
    def published_on(self) -> dt.date:
        return timezone.localdate(self.published_at)

    @property
    def interval(self) -> tuple[float | None, float | None]:
        return within_scale(self.low, self.high, self.wave.scale_low, self.wave.scale_high)


class PublishedComment(TenantModel):
    """What somebody of the units below a unit wrote (surveys.comment_release). Nothing links it to an answer,
    to a unit below, or to a moment: rows are written in an order of chance, under keys of chance."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="comments")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # where it is read
    text = models.TextField()

    class Meta(TenantModel.Meta):
        constraints = [*walls("wave", "unit", audited=False)]
        indexes = [models.Index(fields=["organization", "wave", "unit"], name="surveys_comments_read")]

    def __str__(self) -> str:
        return f"a comment at {self.unit_id}"


class PublishedPool(TenantModel):
    """The index of a team too small in each wave, over two or three waves together (surveys.pooling)."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="pools")  # the newest of them
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    waves = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()  # answers; somebody who answered twice counts twice
    mean = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", "unit", audited=False),
            models.UniqueConstraint(fields=["organization", "wave", "unit"], name="surveys_pool_once"),
            models.CheckConstraint(
                condition=models.Q(n__gte=THRESHOLD_FLOOR, waves__gte=2, waves__lte=MOST_WAVES),
                name="surveys_pool_large_enough",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} over {self.waves} waves"

    @property
    def interval(self) -> tuple[float | None, float | None]:
        return within_scale(self.low, self.high, self.wave.scale_low, self.wave.scale_high)


class PublishedGap(TenantModel):
    """The engagement gap of a unit with everything below it: leaders less the led (surveys.gap_release)."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="gaps")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()  # place in the unit tree, as PublishedIndex has it
    depth = models.PositiveSmallIntegerField()
    leaders_n = models.PositiveIntegerField()
    led_n = models.PositiveIntegerField()
    leaders_mean = models.FloatField()  # points of the scale, as stored means are
    led_mean = models.FloatField()
    gap = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    scale_low = models.FloatField()  # of the two means
    scale_high = models.FloatField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", "unit", audited=False),
            models.UniqueConstraint(fields=["organization", "wave", "unit"], name="surveys_gap_once"),
            models.CheckConstraint(
                condition=models.Q(leaders_n__gte=BREAKDOWN_FROM, led_n__gte=BREAKDOWN_FROM),
                name="surveys_gap_large_enough",
            ),
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("gap"), high__gte=models.F("gap")),
                name="surveys_gap_interval",
            ),
        ]
        indexes = [models.Index(fields=["organization", "wave", "position"], name="surveys_gap_tree")]

    def __str__(self) -> str:
        return f"gap of {self.unit_id} in {self.wave_id}"

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.low > 0 or self.high < 0

    @property
    def interval(self) -> tuple[float | None, float | None]:
        reach = self.scale_high - self.scale_low
        return within_scale(self.low, self.high, -reach, reach)


class ReleaseCertificate(TenantModel):
    """That everything published of a wave was attacked before, and what came of it. Holds no answer."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="certificates")
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    rule = models.PositiveSmallIntegerField()  # coding.RULE_VERSION
    threshold = models.PositiveSmallIntegerField()
    regions = models.PositiveIntegerField()  # groups of people that no published group parts
    answers = models.PositiveBigIntegerField()  # of a person to a question, and people's scores
    programs = models.PositiveIntegerField()  # integer programs solved
    narrowest = models.PositiveSmallIntegerField(null=True)  # steps left open, where programs were needed
    coarsened = models.PositiveIntegerField()  # figures stored in a form that tells less
    withheld = models.PositiveIntegerField()  # cells
    gaps = models.PositiveIntegerField(default=0)  # units whose leaders and led are told apart
    gaps_withheld = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", audited=False),
            models.UniqueConstraint(fields=["organization", "wave"], name="surveys_certificate_once"),
            models.CheckConstraint(
                condition=models.Q(narrowest__isnull=True) | models.Q(narrowest__gte=LEAST_RANGE),
                name="surveys_certificate_range",
            ),
        ]

    def __str__(self) -> str:
        return f"certificate of {self.wave_id}"
