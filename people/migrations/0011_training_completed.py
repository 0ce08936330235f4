"""When somebody completed their training, from files or from the change of stage."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parent.parent / "sql"
REVERSE = """
DROP TRIGGER people_training_completed ON people_person;
DROP FUNCTION people_training_completed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_unit_of_many_people"),
        ("tenancy", "0004_settled_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="training_completed_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL((SQL / "training_completed.sql").read_text(), REVERSE),
    ]
