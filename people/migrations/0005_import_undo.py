"""One more state of imports: being undone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_accounts"),
        ("tenancy", "0002_append_only"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="import",
            name="people_import_state",
        ),
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[
                    ("uploaded", "uploaded"),
                    ("checking", "being checked"),
                    ("faulty", "needs corrections"),
                    ("checked", "ready to apply"),
                    ("applying", "being applied"),
                    ("applied", "applied"),
                    ("undoing", "being undone"),
                    ("undone", "undone"),
                    ("discarded", "discarded"),
                ],
                default="uploaded",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "uploaded",
                            "checking",
                            "faulty",
                            "checked",
                            "applying",
                            "applied",
                            "undoing",
                            "undone",
                            "discarded",
                        ],
                    )
                ),
                name="people_import_state",
            ),
        ),
    ]
