from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("passport", "0016_promotion_summaries")]

    operations = [
        migrations.RunSQL(
            (SQL / "summary.sql").read_text(),
            "DROP TRIGGER passport_summary_keep ON passport_promotionsummary;"
            "DROP TRIGGER passport_summary_guard ON passport_promotionsummary;"
            "DROP FUNCTION passport_guard_summary()",
        ),
    ]
