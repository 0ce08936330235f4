"""How gunicorn serves the site, here and in the container; it reads this file by itself."""

import logging
import os
from typing import IO

from gunicorn.glogging import Logger

from web.discretion import DiscreetFormatter, is_unlogged

wsgi_app = "clinicleader.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # workers share the code; clinicleader.wsgi closes its connection before they fork
graceful_timeout = 5
accesslog = "-"
# Without the query, which may hold what somebody searched for, and without the referring page.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'


class DiscreetLogger(Logger):
    """Every line of gunicorn's own logs, accesses and errors, without the secrets in addresses."""

    def _set_handler(
        self, log: logging.Logger, output: str, fmt: logging.Formatter, stream: IO[str] | None = None
    ) -> None:
        discreet = DiscreetFormatter(fmt._fmt, fmt.datefmt)
        super()._set_handler(log, output, discreet, stream)  # type: ignore[no-untyped-call]

    def access(self, resp: object, req: object, environ: dict[str, str], request_time: object) -> None:
        if not is_unlogged(environ["PATH_INFO"]):
            super().access(resp, req, environ, request_time)  # type: ignore[no-untyped-call]


logger_class = DiscreetLogger
control_socket_disable = True  # gunicorn 27 would write one into the home folder
