"""Who has had a chair sponsor, by group: an aggregate, and the only one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "fairness.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("mentoring", "0013_sessions"),
        ("people", "0006_demographics"),
    ]

    operations = [migrations.RunSQL(SQL.read_text(), "DROP FUNCTION mentoring_chair_sponsors_by_group(date)")]
