"""A gate is decided once, on two recommendations, by a third person; what was shown and what is over stays."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "gate_guard.sql"
REVERSE = """
DROP FUNCTION sponsors_guard_gate() CASCADE;
DROP FUNCTION sponsors_guard_recommendation() CASCADE;
DROP FUNCTION sponsors_guard_onboarding() CASCADE;
DROP FUNCTION sponsors_guard_proof() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("sponsors", "0013_onboarding")]

    operations = [migrations.RunSQL(SQL.read_text(), REVERSE)]
