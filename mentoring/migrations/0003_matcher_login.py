"""What the matcher's own login may read."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "matcher_login.sql"
REVERSE = "REVOKE ALL ON mentoring_matchprofile FROM clinicleader_matcher"


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0002_runs")]

    operations = [migrations.RunSQL(SQL.read_text(), REVERSE)]
