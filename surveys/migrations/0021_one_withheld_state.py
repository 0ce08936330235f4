from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_leavers_and_specialties"),
        ("surveys", "0020_pools_of_many_people"),
        ("tenancy", "0004_settled_links"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="publishedindex", name="surveys_index_state"),
        migrations.AlterField(
            model_name="publishedindex",
            name="state",
            field=models.CharField(
                choices=[("published", "Shown"), ("withheld", "Not shown")], max_length=16
            ),
        ),
        migrations.RunSQL(
            "UPDATE surveys_publishedindex SET state = 'withheld' WHERE state <> 'published'",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="publishedindex",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["published", "withheld"])), name="surveys_index_state"
            ),
        ),
        # It asked for the state that told why.
        migrations.RunSQL((SQL / "pooled_sums.sql").read_text(), migrations.RunSQL.noop),
    ]
