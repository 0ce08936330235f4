"""A new appointment calls a review by itself, as soon as it is on record. Imported when the app is ready."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from people.appointed import appointments_written
from people.models import Import
from sponsors.services.review_calls import call_reviews_for_new_roles


@receiver(appointments_written, sender=Import, dispatch_uid="sponsors.call_reviews")
def call_reviews(**_unused: Any) -> None:
    """In the transaction that writes them. Those that begin later call theirs in the night of that day."""
    call_reviews_for_new_roles(on=timezone.localdate())
