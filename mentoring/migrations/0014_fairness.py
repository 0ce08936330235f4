"""Who has had a chair sponsor, by group: one function, in whose place 0016_fairness_of_outcomes puts another."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("mentoring", "0013_sessions"),
        ("people", "0006_demographics"),
    ]

    operations: list[migrations.operations.base.Operation] = []
