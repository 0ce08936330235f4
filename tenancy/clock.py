"""The organisation's own time: in Chicago, requests, jobs and mail have the day it is in Chicago."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.utils import timezone

from tenancy.models import Organization


def clock_of(organization_id: int) -> AbstractContextManager[None]:
    """Until the block ends, Django's current time zone is the organisation's."""
    return timezone.override(Organization.objects.values_list("time_zone", flat=True).get(pk=organization_id))
