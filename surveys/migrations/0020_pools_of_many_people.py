from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0019_closing_transaction")]

    operations = [migrations.RunSQL((SQL / "pooled_sums.sql").read_text(), migrations.RunSQL.noop)]
