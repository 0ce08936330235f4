"""A listening socket on the first free port, bound before the web server starts: nobody can race for it."""

import socket

from launch.failure import LaunchError

PORTS_TO_TRY = 100


def listen(host: str, first_port: int) -> socket.socket:
    """A socket that listens on `first_port`, or on the next one that nobody uses."""
    for port in range(first_port, min(first_port + PORTS_TO_TRY, 65536)):
        if is_used(host, port):
            continue
        listener = socket.socket(family_of(host), socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except PermissionError as error:
            raise LaunchError(
                f"Port {port} needs more rights than we have. Choose another: PORT=8000."
            ) from error
        except OSError:
            listener.close()
            continue
        listener.listen(256)
        return listener
    raise LaunchError(f"No free port from {first_port} on. Choose another: PORT=9000 make run.")


def is_used(host: str, port: int) -> bool:
    """Whether somebody answers there; macOS would let us bind beside a server on all addresses."""
    with socket.socket(family_of(host), socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def family_of(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
