"""How gunicorn serves the site, here and in the container; it reads this file by itself."""

import os

wsgi_app = "clinicleader.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # workers share the code; clinicleader.wsgi closes its connection before they fork
graceful_timeout = 5
accesslog = "-"
control_socket_disable = True  # gunicorn 27 would write one into the home folder
