from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "webhooks.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_webhooks"),
        ("readiness", "0011_follow_scores"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP TRIGGER readiness_snapshot_told ON readiness_snapshot;"
            "DROP FUNCTION readiness_tell_of_scores()",
        )
    ]
