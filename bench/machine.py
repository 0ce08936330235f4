"""One line about the machine the figures come from."""

from __future__ import annotations

import os
import platform

from django.db import connection


def describe_machine() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version')")
        server = cursor.fetchone()[0].split()[0]
    system = f"{platform.system()} {platform.machine()}"
    return (
        f"{processors()} cores, {memory()}, {system}, Python {platform.python_version()}, PostgreSQL {server}"
    )


def processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 2**30:.0f} GiB"
