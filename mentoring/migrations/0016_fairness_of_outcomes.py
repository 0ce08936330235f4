"""What came of mentoring by group: an aggregate of three measures, and the only one."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0015_redact_causes")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS mentoring_chair_sponsors_by_group(date)", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            (SQL / "median_wait.sql").read_text(), "DROP FUNCTION mentoring_median_wait(integer[], boolean[])"
        ),
        migrations.RunSQL((SQL / "fairness.sql").read_text(), "DROP FUNCTION mentoring_fairness(date, text)"),
    ]
