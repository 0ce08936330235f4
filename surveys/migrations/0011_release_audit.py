import uuid
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import surveys.coding
import surveys.disclosure
import surveys.shrinkage
import tenancy.fields
import tenancy.scope
import tenancy.walls

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_leavers_and_specialties"),
        ("surveys", "0010_erasure_of_waves"),
        ("tenancy", "0004_settled_links"),
    ]

    operations = [
        migrations.RunSQL((SQL / "release_audit.sql").read_text(), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="ReleaseCertificate",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("rule", models.PositiveSmallIntegerField()),
                ("threshold", models.PositiveSmallIntegerField()),
                ("regions", models.PositiveIntegerField()),
                ("answers", models.PositiveBigIntegerField()),
                ("programs", models.PositiveIntegerField()),
                ("narrowest", models.PositiveSmallIntegerField(null=True)),
                ("coarsened", models.PositiveIntegerField()),
                ("withheld", models.PositiveIntegerField()),
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
                    "wave",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="publishedindex",
            name="surveys_index_suppressed",
        ),
        migrations.RemoveField(
            model_name="publisheditem",
            name="counts",
        ),
        migrations.AddField(
            model_name="publishedindex",
            name="bound",
            field=models.SmallIntegerField(
                choices=[(-1, "OR_FEWER"), (0, "EXACT"), (1, "OR_MORE")],
                default=surveys.coding.Bound["EXACT"],
            ),
        ),
        migrations.AddField(
            model_name="publishedindex",
            name="histogram_edges",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.FloatField(), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="publisheditem",
            name="ends",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), default=[], size=None
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publisheditem",
            name="fewest",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(), default=[], size=None
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publisheditem",
            name="most",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(), default=[], size=None
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publishedscale",
            name="bound",
            field=models.SmallIntegerField(
                choices=[(-1, "OR_FEWER"), (0, "EXACT"), (1, "OR_MORE")],
                default=surveys.coding.Bound["EXACT"],
            ),
        ),
        migrations.AddField(
            model_name="publishedwave",
            name="bound",
            field=models.SmallIntegerField(
                choices=[(-1, "OR_FEWER"), (0, "EXACT"), (1, "OR_MORE")],
                default=surveys.coding.Bound["EXACT"],
            ),
        ),
        migrations.AddField(
            model_name="publishedwave",
            name="histogram_edges",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.FloatField(), null=True, size=None
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedindex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("mean__isnull", False),
                        ("n__gte", 5),
                        ("state", surveys.disclosure.CellState["PUBLISHED"]),
                    ),
                    models.Q(
                        models.Q(("state", surveys.disclosure.CellState["PUBLISHED"]), _negated=True),
                        ("above_centre__isnull", True),
                        ("agreement__isnull", True),
                        ("estimate__isnull", True),
                        ("estimate_high__isnull", True),
                        ("estimate_low__isnull", True),
                        ("high__isnull", True),
                        ("histogram__isnull", True),
                        ("histogram_edges__isnull", True),
                        ("low__isnull", True),
                        ("mean__isnull", True),
                        ("n__isnull", True),
                        ("percent__isnull", True),
                        ("sd__isnull", True),
                        ("se__isnull", True),
                        ("weight__isnull", True),
                        ("band", surveys.shrinkage.Band["UNKNOWN"]),
                    ),
                    _connector="OR",
                ),
                name="surveys_index_suppressed",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedindex",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bound", surveys.coding.Bound["EXACT"]),
                    models.Q(
                        ("bound__in", [surveys.coding.Bound["OR_FEWER"], surveys.coding.Bound["OR_MORE"]]),
                        ("low__isnull", True),
                        ("sd__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="surveys_index_bound",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedscale",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bound", surveys.coding.Bound["EXACT"]),
                    models.Q(
                        ("bound__in", [surveys.coding.Bound["OR_FEWER"], surveys.coding.Bound["OR_MORE"]]),
                        ("low__isnull", True),
                        ("sd__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="surveys_scale_bound",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedwave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bound", surveys.coding.Bound["EXACT"]),
                    models.Q(
                        ("bound__in", [surveys.coding.Bound["OR_FEWER"], surveys.coding.Bound["OR_MORE"]]),
                        ("low__isnull", True),
                        ("sd__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="surveys_publishedwave_bound",
            ),
        ),
        migrations.AddConstraint(
            model_name="releasecertificate",
            constraint=tenancy.walls.RowPolicy(name="surveys_releasecertificate_tenant"),
        ),
        migrations.AddConstraint(
            model_name="releasecertificate",
            constraint=models.UniqueConstraint(
                fields=("organization", "id"), name="surveys_releasecertificate_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasecertificate",
            constraint=tenancy.walls.TenantLink(field="wave", name="surveys_releasecertificate_wave_link"),
        ),
        migrations.AddConstraint(
            model_name="releasecertificate",
            constraint=models.UniqueConstraint(
                fields=("organization", "wave"), name="surveys_certificate_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasecertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("narrowest__isnull", True), ("narrowest__gte", 2), _connector="OR"),
                name="surveys_certificate_range",
            ),
        ),
        migrations.RunSQL((SQL / "score_ends.sql").read_text(), migrations.RunSQL.noop),
    ]
