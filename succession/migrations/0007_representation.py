import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_learning_tokens"),
        ("succession", "0006_guard_selections"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="RepresentationTelling",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "trait",
                    models.CharField(
                        choices=[("gender", "Gender"), ("ethnicity", "Ethnic group")], max_length=9
                    ),
                ),
                ("told_on", models.DateField()),
                ("is_told", models.BooleanField()),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
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
                    tenancy.walls.RowPolicy(name="succession_representationtelling_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_representationtelling_key"
                    ),
                    tenancy.walls.AuditTrail(name="succession_representationtelling_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "year", "trait"), name="succession_representationtelling_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RepresentationFigure",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("group", models.TextField()),
                ("in_pools", models.PositiveIntegerField()),
                ("workforce", models.PositiveIntegerField()),
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
                    "unit",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
                (
                    "telling",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="succession.representationtelling",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_representationfigure_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_representationfigure_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="telling", name="succession_representationfigure_telling_link"
                    ),
                    tenancy.walls.TenantLink(field="unit", name="succession_representationfigure_unit_link"),
                    models.UniqueConstraint(
                        fields=("organization", "telling", "unit", "group"),
                        name="succession_representationfigure_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountedPerson",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("in_pool", models.BooleanField()),
                ("answer", models.TextField(null=True)),
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
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "unit",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
                (
                    "telling",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="succession.representationtelling",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["organization", "telling", "person"], name="succession_counted_person"
                    ),
                    models.Index(fields=["organization", "person"], name="succession_counted_of"),
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_countedperson_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_countedperson_key"
                    ),
                    tenancy.walls.TenantLink(field="telling", name="succession_countedperson_telling_link"),
                    tenancy.walls.TenantLink(field="person", name="succession_countedperson_person_link"),
                    tenancy.walls.TenantLink(field="unit", name="succession_countedperson_unit_link"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RepresentationRule",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("purpose", models.TextField(blank=True, max_length=2000)),
                ("is_on", models.BooleanField(default=False)),
                ("changed_on", models.DateField()),
                (
                    "changed_by",
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
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_representationrule_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_representationrule_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="changed_by", name="succession_representationrule_changed_by_link"
                    ),
                    tenancy.walls.AuditTrail(name="succession_representationrule_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization",), name="succession_representationrule_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_on", False), models.Q(("purpose", ""), _negated=True), _connector="OR"
                        ),
                        name="succession_representationrule_purpose",
                    ),
                ],
            },
        ),
    ]
