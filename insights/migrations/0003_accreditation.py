import uuid

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0002_set_up_rules"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="Standard",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=120)),
                ("edition", models.CharField(blank=True, max_length=60)),
                (
                    "first_month",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_standard_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_standard_key"),
                    tenancy.walls.AuditTrail(name="insights_standard_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "name", "edition"), name="insights_standard_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="insights_standard_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first_month__range", (1, 12))), name="insights_standard_month"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=600)),
                ("position", models.PositiveSmallIntegerField()),
                ("applies", models.BooleanField(default=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "standard",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="insights.standard",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_requirement_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_requirement_key"),
                    tenancy.walls.TenantLink(field="standard", name="insights_requirement_standard_link"),
                    tenancy.walls.AuditTrail(name="insights_requirement_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "standard", "code"), name="insights_requirement_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="insights_requirement_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mapping",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("mentored", "Physicians with a mentor, and mentoring hours"),
                            ("mentoring", "Mentoring in the programmes"),
                            ("milestones", "Milestones earned, by stage"),
                            ("readiness", "Readiness scores published"),
                            ("surveys", "Leader surveys published, with response rate"),
                            ("sponsorships", "Sponsorships"),
                            ("regimens", "Regimens reviewed"),
                            ("gates", "Onboarding gates decided"),
                            ("partnerships", "Partnerships that lead a unit"),
                            ("pools", "Positions with a pool, and ready now"),
                            ("selections", "Selections completed, with interview coverage"),
                            ("leadership", "Who leads, by profession"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "requirement",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappings",
                        to="insights.requirement",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_mapping_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_mapping_key"),
                    tenancy.walls.TenantLink(field="requirement", name="insights_mapping_requirement_link"),
                    tenancy.walls.AuditTrail(name="insights_mapping_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "requirement", "source"), name="insights_mapping_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "mentored",
                                    "mentoring",
                                    "milestones",
                                    "readiness",
                                    "surveys",
                                    "sponsorships",
                                    "regimens",
                                    "gates",
                                    "partnerships",
                                    "pools",
                                    "selections",
                                    "leadership",
                                ],
                            )
                        ),
                        name="insights_mapping_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentReference",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "link",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https"])],
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "requirement",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="insights.requirement",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["organization", "requirement"], name="insights_document_of")
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_documentreference_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="insights_documentreference_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="requirement", name="insights_documentreference_requirement_link"
                    ),
                    tenancy.walls.AuditTrail(name="insights_documentreference_audit", redact=()),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(
                                models.Q(("link", ""), _negated=True),
                                models.Q(("place", ""), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="insights_document_kept",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("link", ""), ("link__startswith", "https://"), _connector="OR"),
                        name="insights_document_https",
                    ),
                ],
            },
        ),
    ]
