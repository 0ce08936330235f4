"""What coaches are told."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from readiness.models import CoachingTask


def coaching_assigned(task: CoachingTask, *, by: str) -> Notice:
    title = _("%(name)s asks you to coach %(person)s.") % {"name": by, "person": task.person.name}
    return Notice(title, page_path("readiness:task", task.pk), "message-circle-heart")
