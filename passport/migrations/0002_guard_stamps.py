from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "stamp.sql"


class Migration(migrations.Migration):
    dependencies = [("passport", "0001_initial"), ("tenancy", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP TRIGGER passport_stamp_guard ON passport_stamp;"
            "DROP TRIGGER passport_stamp_keep ON passport_stamp;"
            "DROP FUNCTION passport_guard_stamp()",
        )
    ]
