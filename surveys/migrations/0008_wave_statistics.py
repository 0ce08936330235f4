from django.db import migrations

# A wave belongs to one organisation. PostgreSQL takes the two columns as independent otherwise, expects some
# dozen cells where there are thousands, and joins all of them before it takes the first page.
TABLES = ("surveys_publishedindex", "surveys_publishedscale", "surveys_publisheditem", "surveys_rollentry")


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_debriefs")]

    operations = [
        migrations.RunSQL(
            f"CREATE STATISTICS {table}_wave_statistics (dependencies) ON organization_id, wave_id FROM {table}",
            f"DROP STATISTICS {table}_wave_statistics",
        )
        for table in TABLES
    ]
