import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import people.models.persons
import tenancy.fields
import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_webhooks"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="TermException",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("expires_on", models.DateField()),
                ("reason", models.CharField(max_length=500)),
                ("asked_on", models.DateField()),
                ("approved_on", models.DateField(blank=True, null=True)),
                (
                    "approved_by",
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
                    "asked_by",
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
                    "person",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="term_exceptions",
                        to="people.person",
                    ),
                ),
                (
                    "position",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="term_exceptions",
                        to="people.position",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="people_termexception_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="people_termexception_key"),
                    tenancy.walls.TenantLink(field="position", name="people_termexception_position_link"),
                    tenancy.walls.TenantLink(field="person", name="people_termexception_person_link"),
                    tenancy.walls.TenantLink(field="asked_by", name="people_termexception_asked_by_link"),
                    tenancy.walls.TenantLink(
                        field="approved_by", name="people_termexception_approved_by_link"
                    ),
                    tenancy.walls.AuditTrail(name="people_termexception_audit", redact=("reason",)),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="people_termexception_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gt", models.F("asked_on"))),
                        name="people_termexception_expiry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_by", None), ("approved_on", None)),
                            models.Q(
                                ("approved_by__isnull", False), ("approved_on__gte", models.F("asked_on"))
                            ),
                            _connector="OR",
                        ),
                        name="people_termexception_approval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", models.F("person")), _negated=True),
                            models.Q(
                                ("approved_by", None),
                                models.Q(
                                    models.Q(("approved_by", models.F("person")), _negated=True),
                                    models.Q(("approved_by", models.F("asked_by")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="people_termexception_three_people",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["organization", "position", "person"], name="people_termexception_of"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="position",
            name="cool_off_years",
            field=models.PositiveSmallIntegerField(default=0, db_default=0),
        ),
        migrations.AddField(
            model_name="position",
            name="hard_limit",
            field=models.BooleanField(default=True, db_default=True),
        ),
        migrations.AddField(
            model_name="position",
            name="interim_months",
            field=models.PositiveSmallIntegerField(default=6, db_default=6),
        ),
        migrations.AddField(
            model_name="position",
            name="most_years",
            field=models.PositiveSmallIntegerField(default=8, db_default=8),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("interim", False)),
                expressions=[
                    ("organization", "="),
                    ("position", "="),
                    (
                        people.models.persons.DateRange(
                            "start_date", "end_date", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="people_appointment_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("interim", True)),
                expressions=[
                    ("organization", "="),
                    ("position", "="),
                    (
                        people.models.persons.DateRange(
                            "start_date", "end_date", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="people_appointment_one_cover",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("organization", "="),
                    ("position", "="),
                    ("person", "="),
                    (
                        people.models.persons.DateRange(
                            "start_date", "end_date", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                ],
                name="people_appointment_not_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_years__gte", 1)), name="people_position_most_years"
            ),
        ),
    ]
