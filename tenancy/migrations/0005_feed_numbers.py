from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0004_settled_links")]

    operations = [
        # One for all feeds and organisations: numbers only have to rise (tenancy/feeds.py).
        migrations.RunSQL("CREATE SEQUENCE tenancy_feed_number", "DROP SEQUENCE tenancy_feed_number")
    ]
