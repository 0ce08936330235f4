from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "scorings.sql"


class Migration(migrations.Migration):
    dependencies = [("readiness", "0010_scorings"), ("tenancy", "0005_feed_numbers")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP TRIGGER readiness_snapshot_in_feed ON readiness_snapshot;"
            "DROP FUNCTION readiness_note_scoring()",
        )
    ]
