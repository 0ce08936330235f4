"""What may be told of representation, and that nothing else is."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "representation.sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0016_learning_tokens"), ("succession", "0007_representation")]

    operations = [migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop)]
