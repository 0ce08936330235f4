from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0018_draft_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="closed_in",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        *(
            migrations.RunSQL((SQL / file).read_text(), migrations.RunSQL.noop)
            for file in ("wave_guard.sql", "casting.sql")
        ),
    ]
