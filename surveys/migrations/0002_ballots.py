from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [
        migrations.RunSQL((SQL / file).read_text(), migrations.RunSQL.noop)
        for file in ("wave_guard.sql", "ballots.sql")
    ]
