import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls

GUARD = Path(__file__).resolve().parent.parent / "sql" / "talent_review_guard.sql"
REVERSE = """
DROP FUNCTION succession_guard_talent_review() CASCADE;
DROP FUNCTION succession_guard_snapshots() CASCADE;
DROP FUNCTION succession_guard_outcome() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_learning_tokens"),
        ("succession", "0003_ladder"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="TalentReview",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(max_length=120)),
                ("held_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("open", "Open"), ("closed", "Closed")],
                        default="planned",
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "facilitator",
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
                    "planned_by",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["organization", "-held_on"], name="succession_talentreview_newest")
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_talentreview_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_talentreview_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="facilitator", name="succession_talentreview_facilitator_link"
                    ),
                    tenancy.walls.TenantLink(field="unit", name="succession_talentreview_unit_link"),
                    tenancy.walls.TenantLink(
                        field="planned_by", name="succession_talentreview_planned_by_link"
                    ),
                    tenancy.walls.AuditTrail(name="succession_talentreview_audit", redact=()),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="succession_talentreview_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("opened_at", None), ("state", "planned")),
                            models.Q(("closed_at", None), ("opened_at__isnull", False), ("state", "open")),
                            models.Q(
                                ("closed_at__gte", models.F("opened_at")),
                                ("opened_at__isnull", False),
                                ("state", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="succession_talentreview_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolSnapshot",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("place", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("unit_name", models.CharField(max_length=200)),
                ("term_ends", models.DateField(blank=True, null=True)),
                ("ready_target", models.PositiveSmallIntegerField()),
                ("soon_target", models.PositiveSmallIntegerField()),
                ("valid_months", models.PositiveSmallIntegerField(default=12)),
                ("members", models.PositiveIntegerField()),
                ("ready_now", models.PositiveIntegerField()),
                ("one_two", models.PositiveIntegerField()),
                ("three_five", models.PositiveIntegerField()),
                ("later", models.PositiveIntegerField()),
                ("stale", models.PositiveIntegerField()),
                ("unassessed", models.PositiveIntegerField()),
                ("interim_cover", models.PositiveIntegerField()),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("vacant", "Vacant"),
                                ("interim", "Held by interim cover"),
                                ("overdue", "Term is over"),
                                ("ending", "Term ends within 24 months"),
                                ("no_pool", "No pool"),
                                ("no_owner", "Nobody owns the pool"),
                                ("no_ready", "Nobody ready now"),
                                ("single", "A single candidate"),
                                ("below", "Below its bench target"),
                                ("stale", "Stale ratings"),
                            ],
                            max_length=10,
                        ),
                        default=list,
                        size=None,
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
                    "owner",
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
                    "pool",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="succession.pool",
                    ),
                ),
                (
                    "review",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="succession.talentreview",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["organization", "pool"], name="succession_snapshot_pool")],
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_poolsnapshot_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_poolsnapshot_key"
                    ),
                    tenancy.walls.TenantLink(field="review", name="succession_poolsnapshot_review_link"),
                    tenancy.walls.TenantLink(field="pool", name="succession_poolsnapshot_pool_link"),
                    tenancy.walls.TenantLink(field="owner", name="succession_poolsnapshot_owner_link"),
                    tenancy.walls.AuditTrail(name="succession_poolsnapshot_audit", redact=()),
                    tenancy.walls.AppendOnly(name="succession_poolsnapshot_append_only"),
                    models.UniqueConstraint(
                        fields=("organization", "review", "pool"), name="succession_snapshot_once"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "review", "place"), name="succession_snapshot_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "members",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("ready_now"), "+", models.F("one_two")
                                                ),
                                                "+",
                                                models.F("three_five"),
                                            ),
                                            "+",
                                            models.F("later"),
                                        ),
                                        "+",
                                        models.F("stale"),
                                    ),
                                    "+",
                                    models.F("unassessed"),
                                ),
                            )
                        ),
                        name="succession_snapshot_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "flags__contained_by",
                                [
                                    "vacant",
                                    "interim",
                                    "overdue",
                                    "ending",
                                    "no_pool",
                                    "no_owner",
                                    "no_ready",
                                    "single",
                                    "below",
                                    "stale",
                                ],
                            )
                        ),
                        name="succession_snapshot_flags",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.CharField(max_length=500)),
                ("reason", models.CharField(max_length=1000)),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
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
                    "snapshot",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="succession.poolsnapshot",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_pooldecision_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_pooldecision_key"
                    ),
                    tenancy.walls.TenantLink(field="snapshot", name="succession_pooldecision_snapshot_link"),
                    tenancy.walls.TenantLink(
                        field="decided_by", name="succession_pooldecision_decided_by_link"
                    ),
                    tenancy.walls.AuditTrail(
                        name="succession_pooldecision_audit", redact=("words", "reason")
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "snapshot"), name="succession_decision_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="succession_decision_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolAction",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("words", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "given_by",
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
                    "owner",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "snapshot",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="succession.poolsnapshot",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["organization", "snapshot"], name="succession_poolaction_snapshot"),
                    models.Index(
                        condition=models.Q(("done_on", None)),
                        fields=["organization", "owner", "due_on"],
                        name="succession_poolaction_due",
                    ),
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_poolaction_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_poolaction_key"),
                    tenancy.walls.TenantLink(field="snapshot", name="succession_poolaction_snapshot_link"),
                    tenancy.walls.TenantLink(field="owner", name="succession_poolaction_owner_link"),
                    tenancy.walls.TenantLink(field="given_by", name="succession_poolaction_given_by_link"),
                    tenancy.walls.AuditTrail(name="succession_poolaction_audit", redact=("words",)),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="succession_poolaction_words"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD.read_text(), REVERSE),
    ]
