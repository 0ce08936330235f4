import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_learning_tokens"),
        ("succession", "0010_selection_rules"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="Intention",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "intent",
                    models.CharField(
                        choices=[
                            ("unsaid", "I would rather not say yet"),
                            ("again", "Stand again for a further term"),
                            ("role", "Leave for another role"),
                            ("practice", "Back to practice"),
                            ("away", "Sabbatical or leave"),
                            ("leave", "Retire or leave the organisation"),
                        ],
                        max_length=10,
                    ),
                ),
                ("leaves_on", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("declared_on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "appointment",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intentions",
                        to="people.appointment",
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
                        fields=["organization", "appointment", "-at"], name="succession_intention_newest"
                    )
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_intention_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_intention_key"),
                    tenancy.walls.TenantLink(
                        field="appointment", name="succession_intention_appointment_link"
                    ),
                    tenancy.walls.AuditTrail(
                        name="succession_intention_audit", redact=("intent", "leaves_on", "note")
                    ),
                    tenancy.walls.AppendOnly(name="succession_intention_append_only"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("intent__in", ["unsaid", "again", "role", "practice", "away", "leave"])
                        ),
                        name="succession_intention_intent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("leaves_on", None),
                            models.Q(("leaves_on__day", 1), ("leaves_on__gt", models.F("declared_on"))),
                            _connector="OR",
                        ),
                        name="succession_intention_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("intent__in", ["unsaid", "again"]), _negated=True),
                            ("leaves_on", None),
                            _connector="OR",
                        ),
                        name="succession_intention_leaves",
                    ),
                ],
            },
        ),
    ]
