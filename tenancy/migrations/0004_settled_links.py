from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "settled_links.sql"


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0003_quick_trail")]

    operations = [migrations.RunSQL(SQL.read_text(), "DROP FUNCTION tenancy_check_link()")]
