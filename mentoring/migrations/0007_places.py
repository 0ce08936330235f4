from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0006_mentorship_life"), ("tenancy", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            (SQL / "places.sql").read_text(),
            "DROP TRIGGER mentoring_mentorship_place ON mentoring_mentorship;"
            "DROP TRIGGER mentoring_capacity_count ON mentoring_capacity;"
            "DROP FUNCTION mentoring_take_place();"
            "DROP FUNCTION mentoring_count_places()",
        ),
        migrations.RunSQL(
            (SQL / "mentorship_guard.sql").read_text(),
            "DROP TRIGGER mentoring_mentorship_keep ON mentoring_mentorship;"
            "DROP TRIGGER mentoring_mentorship_guard ON mentoring_mentorship;"
            "DROP FUNCTION mentoring_guard_mentorship()",
        ),
    ]
