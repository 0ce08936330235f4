"""How gunicorn serves the site, here and in the container; it reads this file by itself."""

import os

wsgi_app = "clinicleader.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # workers share the code; clinicleader.wsgi closes its connection before they fork
graceful_timeout = 5
accesslog = "-"
# The path without the query, which may hold what somebody searched for, and without the referring page.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
control_socket_disable = True  # gunicorn 27 would write one into the home folder
