from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql" / "pod.sql"


class Migration(migrations.Migration):
    dependencies = [("passport", "0007_pods"), ("tenancy", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP TRIGGER passport_pod_guard ON passport_pod;"
            "DROP TRIGGER passport_pod_keep ON passport_pod;"
            "DROP FUNCTION passport_guard_pod();"
            "DROP TRIGGER passport_podattempt_guard ON passport_podattempt;"
            "DROP TRIGGER passport_podattempt_keep ON passport_podattempt;"
            "DROP FUNCTION passport_guard_attempt()",
        )
    ]
