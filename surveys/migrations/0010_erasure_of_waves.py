from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0009_planning"), ("tenancy", "0004_settled_links")]

    operations = [migrations.RunSQL((SQL / "wave_guard.sql").read_text(), migrations.RunSQL.noop)]
