"""Indexes for the lists of a large organisation: its mentorships, and the pairs of a matching."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mentoring", "0018_asked_beside_running")]

    operations = [
        migrations.AddIndex(
            "leftout",
            models.Index(
                fields=["organization", "run", "cause", "tier", "id"], name="mentoring_leftout_by_cause"
            ),
        ),
        migrations.AddIndex(
            "mentorship",
            models.Index(fields=["organization", "-offered_on", "id"], name="mentoring_mentorship_newest"),
        ),
        migrations.AddIndex(
            "proposal",
            models.Index(
                fields=["organization", "run"],
                include=("state", "score", "instead_of", "problem"),
                name="mentoring_proposal_counts",
            ),
        ),
    ]
