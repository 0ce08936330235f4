"""The only ways to what people say about themselves."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations

import tenancy.fields

SQL = Path(__file__).resolve().parent.parent / "sql"

REVERSE = """
DROP FUNCTION people_own_demographics(), people_declare_demographics(text, text), people_withdraw_demographics(),
    people_actor();
ALTER TABLE people_demographics DROP CONSTRAINT people_demographics_person_link;
ALTER TABLE people_demographics ADD CONSTRAINT people_demographics_person_link
    FOREIGN KEY (organization_id, person_id) REFERENCES people_person (organization_id, id);
GRANT SELECT, INSERT, UPDATE, DELETE ON people_demographics TO clinicleader_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_import_undo"),
        ("tenancy", "0002_append_only"),
    ]

    operations = [
        migrations.AlterField(
            model_name="demographics",
            name="person",
            field=tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.RunSQL((SQL / "demographics.sql").read_text(), REVERSE),
    ]
