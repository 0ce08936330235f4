from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "quick_trail.sql"


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0002_append_only")]

    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
