from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "webhooks.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("passport", "0020_committee_packs"),
        ("people", "0013_webhooks"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP TRIGGER passport_stamp_new_told ON passport_stamp;"
            "DROP TRIGGER passport_stamp_changed_told ON passport_stamp;"
            "DROP FUNCTION passport_tell_of_stamps()",
        )
    ]
