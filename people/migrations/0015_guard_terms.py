"""Appointments beyond the limit of their position are refused."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "term_limits.sql"
REVERSE = """
DROP FUNCTION people_guard_terms() CASCADE;
DROP FUNCTION people_guard_exception() CASCADE;
DROP FUNCTION people_over_limit(uuid[], uuid[], uuid[], date[], date[], boolean[]);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0014_term_limits")]

    operations = [migrations.RunSQL(SQL.read_text(), REVERSE)]
