"""The Celery app. It only rings the doorbell: the job ledger in PostgreSQL is the truth."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicleader.settings")

app = Celery("clinicleader")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
