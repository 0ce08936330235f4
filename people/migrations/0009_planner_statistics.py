from django.db import migrations

# An import has the planner look at what it wrote; only who may maintain a table may ask for that.
TABLES = (
    "people_unit",
    "people_person",
    "people_reportingline",
    "people_position",
    "people_appointment",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0008_leavers_and_specialties")]

    operations = [
        migrations.RunSQL(
            f"GRANT MAINTAIN ON {', '.join(TABLES)} TO clinicleader_app",
            f"REVOKE MAINTAIN ON {', '.join(TABLES)} FROM clinicleader_app",
        )
    ]
