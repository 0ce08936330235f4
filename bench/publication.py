"""Publish one closed wave in a process of its own and print what that took, as JSON.

python -m bench.publication ORGANIZATION WAVE
"""

from __future__ import annotations

import json
import os
import sys
import time
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicleader.settings")
django.setup()

from django.db import connection  # noqa: E402 - Django must be set up first

from bench.measuring import peak_of_this_process, processor_clock  # noqa: E402
from bench.waves import steward  # noqa: E402
from surveys.models import Debrief, PublishedIndex, ReleaseCertificate, Wave  # noqa: E402
from surveys.services.publishing import publish_wave  # noqa: E402
from tenancy.scope import tenant_transaction  # noqa: E402


def publish(organization: int, wave_id: UUID) -> dict[str, float]:
    with tenant_transaction(organization, reason="bench"):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")  # whose time nobody would count
            cursor.execute("SELECT pg_backend_pid()")
            clock = processor_clock(cursor.fetchone()[0])
        began, used = time.perf_counter(), clock()
        publish_wave(Wave.objects.get(pk=wave_id), by=steward())
    took = {"seconds": time.perf_counter() - began, "processor": clock() - used}
    with tenant_transaction(organization):
        certificate = ReleaseCertificate.objects.get(wave=wave_id)
        return took | {
            "memory": peak_of_this_process(),
            "answers": certificate.answers,
            "programs": certificate.programs,
            "coarsened": certificate.coarsened,
            "cells": PublishedIndex.objects.filter(wave=wave_id).exclude(mean=None).count(),
            "debriefs": Debrief.objects.filter(wave=wave_id).count(),
        }


if __name__ == "__main__":
    print(json.dumps(publish(int(sys.argv[1]), UUID(sys.argv[2]))))
