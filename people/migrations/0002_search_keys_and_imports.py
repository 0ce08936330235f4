"""Search keys that PostgreSQL keeps, and the tables of imports."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import people.models.persons
import tenancy.fields
import tenancy.scope
import tenancy.walls

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL((SQL / "search_text.sql").read_text(), "DROP FUNCTION people_search_text(text)"),
        migrations.CreateModel(
            name="Import",
            fields=[
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
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("units", "Units"),
                            ("people", "People"),
                            ("lines", "Reporting lines"),
                            ("positions", "Positions"),
                            ("appointments", "Appointments"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "uploaded"),
                            ("checking", "being checked"),
                            ("faulty", "needs corrections"),
                            ("checked", "ready to apply"),
                            ("applying", "being applied"),
                            ("applied", "applied"),
                            ("undone", "undone"),
                            ("discarded", "discarded"),
                        ],
                        default="uploaded",
                        max_length=12,
                    ),
                ),
                ("file_name", models.CharField(max_length=255)),
                ("file_size", models.PositiveBigIntegerField()),
                ("columns", models.JSONField(default=dict)),
                (
                    "date_order",
                    models.CharField(
                        choices=[
                            ("ymd", "year-month-day (2026-03-31)"),
                            ("dmy", "day/month/year (31/03/2026)"),
                            ("mdy", "month/day/year (03/31/2026)"),
                        ],
                        default="ymd",
                        max_length=3,
                    ),
                ),
                ("effective_on", models.DateField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("notices", models.JSONField(default=list)),
                ("applied_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("request_id", models.CharField(blank=True, max_length=64)),
                ("audit_after", models.BigIntegerField(null=True)),
                ("audit_upto", models.BigIntegerField(null=True)),
                ("audit_rows", models.PositiveIntegerField(default=0)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
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
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("row", models.PositiveIntegerField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("added", "Added"), ("changed", "Changed"), ("ended", "Ended")], max_length=8
                    ),
                ),
                ("subject", models.CharField(max_length=300)),
                ("values", models.JSONField(default=list)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportChunk",
            fields=[
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
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportFault",
            fields=[
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
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField()),
                ("row", models.PositiveIntegerField(null=True)),
                ("column", models.CharField(blank=True, max_length=200)),
                ("value", models.CharField(blank=True, max_length=200)),
                ("message", models.TextField()),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
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
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("units", "Units"),
                            ("people", "People"),
                            ("lines", "Reporting lines"),
                            ("positions", "Positions"),
                            ("appointments", "Appointments"),
                        ],
                        max_length=16,
                    ),
                ),
                ("columns", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveIndex(
            model_name="person",
            name="people_person_email",
        ),
        migrations.AddField(
            model_name="person",
            name="email_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=people.models.persons.SearchText("email"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="given_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=people.models.persons.SearchText("given_name", "family_name"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        # A plain column cannot become a generated one.
        migrations.RemoveIndex(model_name="person", name="people_person_search"),
        migrations.RemoveField(model_name="person", name="search_key"),
        migrations.AddField(
            model_name="person",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=people.models.persons.SearchText("family_name", "given_name"),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["organization", "search_key"], name="people_person_search"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["organization", "given_key"], name="people_person_given"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["organization", "email_key"], name="people_person_email"),
        ),
        migrations.AddField(
            model_name="import",
            name="run",
            field=tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="tenancy.jobrun",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="uploaded_by",
            field=tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="importchange",
            name="source",
            field=tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="people.import",
            ),
        ),
        migrations.AddField(
            model_name="importchunk",
            name="source",
            field=tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="chunks",
                to="people.import",
            ),
        ),
        migrations.AddField(
            model_name="importfault",
            name="source",
            field=tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="faults",
                to="people.import",
            ),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["organization", "-created_at"], name="people_import_recent"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=tenancy.walls.RowPolicy(name="people_import_tenant"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.UniqueConstraint(fields=("organization", "id"), name="people_import_key"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=tenancy.walls.TenantLink(field="uploaded_by", name="people_import_uploaded_by_link"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=tenancy.walls.TenantLink(field="run", name="people_import_run_link"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=tenancy.walls.AuditTrail(name="people_import_audit", redact=()),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "uploaded",
                            "checking",
                            "faulty",
                            "checked",
                            "applying",
                            "applied",
                            "undone",
                            "discarded",
                        ],
                    )
                ),
                name="people_import_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="importchange",
            constraint=tenancy.walls.RowPolicy(name="people_importchange_tenant"),
        ),
        migrations.AddConstraint(
            model_name="importchange",
            constraint=models.UniqueConstraint(fields=("organization", "id"), name="people_importchange_key"),
        ),
        migrations.AddConstraint(
            model_name="importchange",
            constraint=tenancy.walls.TenantLink(field="source", name="people_importchange_source_link"),
        ),
        migrations.AddConstraint(
            model_name="importchange",
            constraint=models.UniqueConstraint(
                fields=("organization", "source", "number"), name="people_importchange_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="importchunk",
            constraint=tenancy.walls.RowPolicy(name="people_importchunk_tenant"),
        ),
        migrations.AddConstraint(
            model_name="importchunk",
            constraint=models.UniqueConstraint(fields=("organization", "id"), name="people_importchunk_key"),
        ),
        migrations.AddConstraint(
            model_name="importchunk",
            constraint=tenancy.walls.TenantLink(field="source", name="people_importchunk_source_link"),
        ),
        migrations.AddConstraint(
            model_name="importchunk",
            constraint=models.UniqueConstraint(
                fields=("organization", "source", "number"), name="people_importchunk_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="importfault",
            constraint=tenancy.walls.RowPolicy(name="people_importfault_tenant"),
        ),
        migrations.AddConstraint(
            model_name="importfault",
            constraint=models.UniqueConstraint(fields=("organization", "id"), name="people_importfault_key"),
        ),
        migrations.AddConstraint(
            model_name="importfault",
            constraint=tenancy.walls.TenantLink(field="source", name="people_importfault_source_link"),
        ),
        migrations.AddConstraint(
            model_name="importfault",
            constraint=models.UniqueConstraint(
                fields=("organization", "source", "number"), name="people_importfault_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="importmapping",
            constraint=tenancy.walls.RowPolicy(name="people_importmapping_tenant"),
        ),
        migrations.AddConstraint(
            model_name="importmapping",
            constraint=models.UniqueConstraint(
                fields=("organization", "id"), name="people_importmapping_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="importmapping",
            constraint=tenancy.walls.AuditTrail(name="people_importmapping_audit", redact=()),
        ),
        migrations.AddConstraint(
            model_name="importmapping",
            constraint=models.UniqueConstraint(
                fields=("organization", "kind"), name="people_importmapping_kind"
            ),
        ),
    ]
