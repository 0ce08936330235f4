from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "functions.sql"


class Migration(migrations.Migration):
    dependencies = [("readiness", "0001_initial")]

    operations = [
        migrations.RunSQL(SQL.read_text(), "DROP FUNCTION readiness_points(float8, float8, float8, int)")
    ]
