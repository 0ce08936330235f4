"""Settings, URLs and the entry points of web server, worker and command line."""

from clinicleader.celery import app as celery_app

__all__ = ["celery_app"]
