from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "contract_guard.sql"


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0009_contracts")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP TRIGGER mentoring_deliverable_guard ON mentoring_deliverable;"
            "DROP TRIGGER mentoring_contract_guard ON mentoring_contract;"
            "DROP FUNCTION mentoring_guard_deliverable();"
            "DROP FUNCTION mentoring_guard_contract()",
        )
    ]
