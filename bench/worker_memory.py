"""Memory of a web worker against one of a bare Django project.

Both load their WSGI application in a process of their own and answer the same number of requests.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from bench.measuring import peak_of_this_process

RUNS = 5
REQUESTS = 30

BARE = """
import environ
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
settings.configure(
    ALLOWED_HOSTS=["*"], SECRET_KEY="x", ROOT_URLCONF=__name__, USE_TZ=True,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware"],
    DATABASES={"default": environ.Env().db_url("DATABASE_URL") | {"ENGINE": "django.db.backends.postgresql"}},
)
def page(request):
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("bare")
urlpatterns = [path("accounts/login/", page)]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
PRODUCT = "from clinicleader.wsgi import application\n"
SERVE = f"""
from django.test import Client
client = Client()
for _ in range({REQUESTS}):
    assert client.get("/accounts/login/").status_code == 200
from bench.worker_memory import peak
print(peak())
"""


def measure() -> Iterator[Figure]:
    bare, product = [], []
    for _ in range(RUNS):
        bare.append(peak_of(BARE + SERVE))
        product.append(peak_of(PRODUCT + SERVE))
    yield Figure.of_times(
        "resident memory of a web worker / a bare Django worker",
        bare,
        product,
        target=2.0,
        limit=4.0,
        note=f"after {REQUESTS} requests each; {product[-1]:.0f} MiB and {bare[-1]:.0f} MiB here",
    )


def peak() -> float:
    """MiB this process held at most. Not ru_maxrss: on Linux a started program inherits its parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak_of_this_process()
    return int(status.read_text().split("VmHWM:")[1].split()[0]) / 2**10


def peak_of(program: str) -> float:
    """MiB that a fresh interpreter held at most while it ran the program."""
    done = subprocess.run(  # noqa: S603 - a program written above
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ.copy()
    )
    return float(done.stdout.split()[-1])
