"""The web server's way in. It refuses to serve with database roles that could step over the walls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicleader.settings")

application = get_wsgi_application()

from django.db import connections  # noqa: E402 - Django must be set up first

from mentoring.blind.login import ensure_blind  # noqa: E402
from tenancy.startup import ensure_safe_role  # noqa: E402

ensure_safe_role()
ensure_blind()
# The server forks after this; a child must not inherit the connection.
connections.close_all()
