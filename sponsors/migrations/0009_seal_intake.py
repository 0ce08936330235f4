"""While a round of an intake is open nobody reads what was said in it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "intake_seal.sql"
REVERSE = "DROP POLICY sponsors_intakeremark_sealed ON sponsors_intakeremark"


class Migration(migrations.Migration):
    dependencies = [("sponsors", "0008_intake")]

    operations = [migrations.RunSQL(SQL.read_text(), REVERSE)]
