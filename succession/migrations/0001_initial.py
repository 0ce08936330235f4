import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0015_guard_terms"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pool",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("ready_target", models.PositiveSmallIntegerField(default=2)),
                ("soon_target", models.PositiveSmallIntegerField(default=3)),
                (
                    "proposers",
                    models.CharField(
                        choices=[
                            ("owner", "The pool's owner and HR"),
                            ("leaders", "Also every leader of a unit"),
                        ],
                        default="owner",
                        max_length=8,
                    ),
                ),
                (
                    "professions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("physician", "Physician"),
                                ("nurse", "Nurse"),
                                ("administrator", "Administrator"),
                                ("pharmacist", "Pharmacist"),
                                ("allied", "Allied health professional"),
                                ("other", "Other"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("opened_on", models.DateField()),
                (
                    "keeper",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "opened_by",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                (
                    "position",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pools",
                        to="people.position",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_pool_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_pool_key"),
                    tenancy.walls.TenantLink(field="position", name="succession_pool_position_link"),
                    tenancy.walls.TenantLink(field="keeper", name="succession_pool_keeper_link"),
                    tenancy.walls.TenantLink(field="opened_by", name="succession_pool_opened_by_link"),
                    tenancy.walls.AuditTrail(name="succession_pool_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "position"), name="succession_pool_position"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ready_target__range", (1, 20)),
                            ("soon_target__range", (models.F("ready_target"), 20)),
                        ),
                        name="succession_pool_targets",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposers__in", ["owner", "leaders"])),
                        name="succession_pool_proposers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "professions__contained_by",
                                ["physician", "nurse", "administrator", "pharmacist", "allied", "other"],
                            )
                        ),
                        name="succession_pool_professions",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Candidacy",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("member", "In the pool"),
                            ("declined", "Declined"),
                            ("left", "No longer in the pool"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("proposed_on", models.DateField()),
                ("why", models.CharField(max_length=500)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("over_on", models.DateField(blank=True, null=True)),
                ("over_reason", models.CharField(blank=True, max_length=300)),
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
                    "person",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to="people.person",
                    ),
                ),
                (
                    "proposed_by",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pool",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidacies",
                        to="succession.pool",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["organization", "person"], name="succession_candidacy_person")
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_candidacy_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_candidacy_key"),
                    tenancy.walls.TenantLink(field="pool", name="succession_candidacy_pool_link"),
                    tenancy.walls.TenantLink(field="person", name="succession_candidacy_person_link"),
                    tenancy.walls.TenantLink(
                        field="proposed_by", name="succession_candidacy_proposed_by_link"
                    ),
                    tenancy.walls.AuditTrail(
                        name="succession_candidacy_audit", redact=("why", "over_reason")
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "member"))),
                        fields=("organization", "pool", "person"),
                        name="succession_candidacy_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("proposed_by")), _negated=True),
                        name="succession_candidacy_not_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="succession_candidacy_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on", None), ("over_on", None), ("state", "asked")),
                            models.Q(
                                ("answered_on__gte", models.F("proposed_on")),
                                ("over_on", None),
                                ("state", "member"),
                            ),
                            models.Q(
                                ("answered_on__gte", models.F("proposed_on")),
                                ("over_on__isnull", False),
                                ("state", "declined"),
                            ),
                            models.Q(("over_on__gte", models.F("proposed_on")), ("state", "left")),
                            _connector="OR",
                        ),
                        name="succession_candidacy_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadinessAssessment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "band",
                    models.CharField(
                        choices=[
                            ("ready_now", "Ready now"),
                            ("one_two", "In 1–2 years"),
                            ("three_five", "In 3–5 years"),
                            ("later", "Later"),
                        ],
                        max_length=10,
                    ),
                ),
                ("interim_cover", models.BooleanField(default=False)),
                ("evidence", models.CharField(max_length=1000)),
                ("next_step", models.CharField(blank=True, max_length=500)),
                ("assessed_on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "assessed_by",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "candidacy",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="succession.candidacy",
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
                "indexes": [
                    models.Index(
                        fields=["organization", "candidacy", "-at"], name="succession_assessment_newest"
                    )
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_readinessassessment_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_readinessassessment_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="candidacy", name="succession_readinessassessment_candidacy_link"
                    ),
                    tenancy.walls.TenantLink(
                        field="assessed_by", name="succession_readinessassessment_assessed_by_link"
                    ),
                    tenancy.walls.AuditTrail(
                        name="succession_readinessassessment_audit", redact=("evidence", "next_step")
                    ),
                    tenancy.walls.AppendOnly(name="succession_assessment_append_only"),
                    models.CheckConstraint(
                        condition=models.Q(("band__in", ["ready_now", "one_two", "three_five", "later"])),
                        name="succession_assessment_band",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence", ""), _negated=True),
                        name="succession_assessment_evidence",
                    ),
                ],
            },
        ),
    ]
