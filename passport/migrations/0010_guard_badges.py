from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "badge.sql"


class Migration(migrations.Migration):
    dependencies = [("passport", "0009_badges")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP TRIGGER passport_award_guard ON passport_award;"
            "DROP FUNCTION passport_guard_award();"
            "DROP TRIGGER passport_signingkey_guard ON passport_signingkey;"
            "DROP FUNCTION passport_guard_signing_key()",
        )
    ]
