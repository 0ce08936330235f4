"""The box of a role pulse."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "role_pulse.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0004_role_pulses"),
        ("succession", "0006_guard_selections"),  # succession_today()
    ]

    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
