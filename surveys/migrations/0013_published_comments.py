import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.scope
import tenancy.walls

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_leavers_and_specialties"),
        ("surveys", "0012_selection_use"),
        ("tenancy", "0004_settled_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedComment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("text", models.TextField()),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
                (
                    "wave",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="surveys.wave",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["organization", "wave", "unit"], name="surveys_comments_read")
                ],
                "constraints": [
                    tenancy.walls.RowPolicy(name="surveys_publishedcomment_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="surveys_publishedcomment_key"
                    ),
                    tenancy.walls.TenantLink(field="wave", name="surveys_publishedcomment_wave_link"),
                    tenancy.walls.TenantLink(field="unit", name="surveys_publishedcomment_unit_link"),
                ],
            },
        ),
        migrations.RunSQL((SQL / "published_comments.sql").read_text(), migrations.RunSQL.noop),
    ]
