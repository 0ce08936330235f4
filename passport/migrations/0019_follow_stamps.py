from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "stamp_change.sql"


class Migration(migrations.Migration):
    dependencies = [("passport", "0018_stamp_changes"), ("tenancy", "0005_feed_numbers")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP TRIGGER passport_stamp_new_in_feed ON passport_stamp;"
            "DROP TRIGGER passport_stamp_changed_in_feed ON passport_stamp;"
            "DROP FUNCTION passport_note_stamp_changes()",
        )
    ]
