from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.walls

SQL = Path(__file__).resolve().parent.parent / "sql" / "guard_exceptions.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_learning_tokens"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="termexception",
            name="people_termexception_audit",
        ),
        migrations.RemoveConstraint(
            model_name="termexception",
            name="people_termexception_approval",
        ),
        migrations.AddField(
            model_name="termexception",
            name="refusal",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="termexception",
            name="refused_by",
            field=tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="termexception",
            name="refused_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="termexception",
            constraint=tenancy.walls.TenantLink(
                field="refused_by", name="people_termexception_refused_by_link"
            ),
        ),
        migrations.AddConstraint(
            model_name="termexception",
            constraint=tenancy.walls.AuditTrail(
                name="people_termexception_audit", redact=("reason", "refusal")
            ),
        ),
        migrations.AddConstraint(
            model_name="termexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by", None), ("approved_on", None)),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("approved_on__gte", models.F("asked_on")),
                        ("approved_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="people_termexception_approval",
            ),
        ),
        migrations.AddConstraint(
            model_name="termexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refusal", ""), ("refused_by", None), ("refused_on", None)),
                    models.Q(
                        ("refused_by__isnull", False),
                        ("refused_on__gte", models.F("asked_on")),
                        ("refused_on__isnull", False),
                        ("approved_by", None),
                        models.Q(("refusal", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="people_termexception_refusal",
            ),
        ),
        migrations.AddConstraint(
            model_name="termexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refused_by", None),
                    models.Q(
                        models.Q(("refused_by", models.F("person")), _negated=True),
                        models.Q(("refused_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="people_termexception_refused_by_third",
            ),
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
