"""manage.py build_static: write static/build/; returns at once when nothing changed."""

import logging
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from web.static_build import StaticBuild


class Command(BaseCommand):
    help = "Builds static/build/; run it before collectstatic."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("fontTools").setLevel(logging.WARNING)  # it lists every glyph at INFO
        source = Path(settings.BASE_DIR) / "static"
        built = StaticBuild(source, source / "build").run()
        self.stdout.write("static/build written" if built else "static/build is up to date")
