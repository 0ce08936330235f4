"""How gunicorn serves the site, here and in the container; it reads this file by itself."""

import os
import re
from typing import Any

from gunicorn.glogging import Logger

wsgi_app = "clinicleader.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # workers share the code; clinicleader.wsgi closes its connection before they fork
graceful_timeout = 5
accesslog = "-"
# Without the query, which may hold what somebody searched for, and without the referring page.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
# Whoever has the last part of these paths can become somebody.
SECRET_PATHS = re.compile(
    r"^(/invitations/[^/]+/|/accounts/password/reset/key/|/accounts/confirm-email/)[^/]+"
)


class DiscreetLogger(Logger):
    """The access log, with secrets in paths masked."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        atoms["U"] = SECRET_PATHS.sub(r"\1***", atoms["U"] or "")
        return atoms


logger_class = DiscreetLogger
control_socket_disable = True  # gunicorn 27 would write one into the home folder
