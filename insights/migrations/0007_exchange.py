import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0006_pilots"),
        ("people", "0017_refused_exceptions"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExchangePartner",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200)),
                ("keys", models.JSONField()),
                ("added_on", models.DateField()),
                (
                    "added_by",
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
                    tenancy.walls.RowPolicy(name="insights_exchangepartner_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="insights_exchangepartner_key"
                    ),
                    tenancy.walls.TenantLink(field="added_by", name="insights_exchangepartner_added_by_link"),
                    tenancy.walls.AuditTrail(name="insights_exchangepartner_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "name"), name="insights_exchangepartner_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="insights_exchangepartner_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExchangeRule",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("is_on", models.BooleanField(default=False)),
                ("purpose", models.CharField(blank=True, max_length=500)),
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
                    tenancy.walls.RowPolicy(name="insights_exchangerule_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_exchangerule_key"),
                    tenancy.walls.TenantLink(
                        field="changed_by", name="insights_exchangerule_changed_by_link"
                    ),
                    tenancy.walls.AuditTrail(name="insights_exchangerule_audit", redact=()),
                    models.UniqueConstraint(fields=("organization",), name="insights_exchangerule_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_on", False), models.Q(("purpose", ""), _negated=True), _connector="OR"
                        ),
                        name="insights_exchangerule_purpose",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivedLetter",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("issued_on", models.DateField()),
                ("figures", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("received_on", models.DateField()),
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
                    "partner",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="insights.exchangepartner",
                    ),
                ),
                (
                    "received_by",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(
                        fields=["organization", "partner", "-issued_on"],
                        name="insights_receivedletter_newest",
                    )
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_receivedletter_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="insights_receivedletter_key"
                    ),
                    tenancy.walls.TenantLink(field="partner", name="insights_receivedletter_partner_link"),
                    tenancy.walls.TenantLink(
                        field="received_by", name="insights_receivedletter_received_by_link"
                    ),
                    tenancy.walls.AuditTrail(name="insights_receivedletter_audit", redact=()),
                    models.UniqueConstraint(
                        fields=("organization", "partner", "digest"), name="insights_receivedletter_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentLetter",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("issued_on", models.DateField()),
                ("figures", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "made_by",
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
                "indexes": [
                    models.Index(fields=["organization", "-made_at"], name="insights_sentletter_newest")
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="insights_sentletter_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="insights_sentletter_key"),
                    tenancy.walls.TenantLink(field="made_by", name="insights_sentletter_made_by_link"),
                    tenancy.walls.AuditTrail(name="insights_sentletter_audit", redact=()),
                    tenancy.walls.AppendOnly(name="insights_sentletter_append_only"),
                ],
            },
        ),
    ]
