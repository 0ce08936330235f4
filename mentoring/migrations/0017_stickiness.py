"""A running pair keeps its mentor for a little more: organisations that begin from now on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0016_fairness_of_outcomes")]

    operations = [migrations.AlterField("matchweights", "stickiness", models.FloatField(default=0.09))]
