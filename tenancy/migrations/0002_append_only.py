from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "append_only.sql"


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]

    operations = [
        migrations.RunSQL(SQL.read_text(), "DROP FUNCTION tenancy_refuse_change(), tenancy_is_owner(oid)")
    ]
