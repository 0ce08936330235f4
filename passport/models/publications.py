"""The research portfolio."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from passport.enums import PublicationKind
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class Publication(TenantModel):
    """Something that a holder has published, as the holder says; a DOI lets anybody look."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="publications")
    kind = models.CharField(
        _("Kind"), max_length=12, choices=PublicationKind.choices, default=PublicationKind.ARTICLE
    )
    title = models.CharField(_("Title"), max_length=500, blank=True)
    authors = models.CharField(
        _("Authors"), max_length=1000, blank=True, help_text=_("Separated by semicolons.")
    )
    venue = models.CharField(_("Journal, book or meeting"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(
        _("Year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    doi = models.CharField("DOI", max_length=200, blank=True, help_text=_("Such as 10.1000/182."))

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person"),
            models.CheckConstraint(condition=~Q(title="") | ~Q(doi=""), name="passport_publication_named"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(1900, 2100)), name="passport_publication_year"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PublicationKind.values), name="passport_publication_kind"
            ),
            models.UniqueConstraint(
                fields=["organization", "person", "doi"],
                condition=~Q(doi=""),
                name="passport_publication_doi_once",
            ),
            models.UniqueConstraint(
                "organization",
                "person",
                Lower("title"),
                "year",
                condition=Q(doi=""),
                nulls_distinct=False,
                name="passport_publication_title_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.doi
