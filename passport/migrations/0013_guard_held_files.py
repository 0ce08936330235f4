from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("passport", "0012_held_files")]

    operations = [
        migrations.RunSQL(
            (SQL / "held_file.sql").read_text(),
            "DROP TRIGGER passport_heldfile_guard ON passport_heldfile;"
            "DROP FUNCTION passport_guard_held_file()",
        ),
        # What was handed in before files were held waits like all others.
        migrations.RunSQL(
            """
            INSERT INTO passport_heldfile
                (id, organization_id, path, state, size, sha256, held_at, finding, scanner)
            SELECT gen_random_uuid(), organization_id, file, 'waiting', 0, '', now(), '', ''
            FROM passport_stamp WHERE file <> ''
            """,
            migrations.RunSQL.noop,
        ),
    ]
