"""What many do on the started site while a journey looks at a few.

`python -m tests.browser.meanwhile ACT ARGUMENTS` runs beside the site, with its database, by the services
that the pages call.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import django

from launch.places import ROOT, places_of
from launch.postgres import Postgres
from launch.run import surroundings_of
from launch.valkey import Valkey
from tests.launch.running import environment


def meanwhile(var: Path, act: str, *arguments: str) -> None:
    """Do an act of others.py, or of the module before a dot, on the site with its data in `var`."""
    command = [sys.executable, "-m", "tests.browser.meanwhile", act, *arguments]
    subprocess.run(command, cwd=ROOT, env=environment(var), check=True, timeout=120)


def do(act: str, *arguments: str) -> None:
    places, prefix = places_of("run"), Path(sys.prefix)
    postgres = Postgres(places, prefix, database="clinicleader")
    os.environ.update(surroundings_of(places, postgres, Valkey(places, prefix), "http://localhost"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicleader.settings")
    django.setup()
    module, _, name = act.rpartition(".")
    acts = importlib.import_module(f"tests.browser.{module or 'others'}")  # its models need the settings
    getattr(acts, name)(*arguments)


if __name__ == "__main__":
    do(*sys.argv[1:])
