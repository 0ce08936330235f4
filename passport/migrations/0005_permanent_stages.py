from django.db import migrations

import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [("passport", "0004_reads_in_lists")]

    operations = [
        migrations.AddConstraint(
            model_name="stage", constraint=tenancy.walls.Permanent(name="passport_stage_permanent")
        ),
    ]
