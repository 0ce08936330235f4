from django.db import migrations

# What was handed in before files were held waits like all others.
HOLD = """
INSERT INTO passport_heldfile (id, organization_id, path, state, size, sha256, held_at, finding, scanner)
SELECT gen_random_uuid(), organization_id, file, 'waiting', 0, '', now(), '', ''
FROM sponsors_gateproof WHERE file <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("sponsors", "0020_sponsors_of_the_night"), ("passport", "0013_guard_held_files")]

    operations = [migrations.RunSQL(HOLD, migrations.RunSQL.noop)]
