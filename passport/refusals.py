"""What happens to a claim whose file is refused."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from passport import notices
from passport.enums import StampState
from passport.models import Stamp
from passport.quarantine import file_refused
from people.notices import notify


@receiver(file_refused)
def tell_the_holder(path: str, **_: Any) -> None:
    """The claim waits as it is; its holder is told that the file has to be another one."""
    waiting = Stamp.objects.filter(file=path, state=StampState.SUBMITTED).select_related("milestone")
    for stamp in waiting:
        notify([stamp.person_id], notices.file_refused(stamp))
