"""The next free port."""

import socket

import pytest

from launch.failure import LaunchError
from launch.port import listen
from launch.run import first_port
from launch.site import address_of


@pytest.fixture
def taken() -> socket.socket:
    """Somebody else's server."""
    return socket.create_server(("127.0.0.1", 0))


def test_listen_moves_on_from_a_taken_port(taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    with taken, listen("127.0.0.1", port) as listener:
        assert port < listener.getsockname()[1] < port + 100


def test_listen_moves_on_from_a_server_on_all_addresses() -> None:
    with (
        socket.create_server(("", 0)) as taken,
        listen("127.0.0.1", taken.getsockname()[1]) as listener,
    ):
        assert listener.getsockname()[1] > taken.getsockname()[1]


def test_listen_gives_up_at_the_last_port_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launch.port.is_used", lambda host, port: True)
    with pytest.raises(LaunchError, match=r"No free port from 65535 on.*PORT="):
        listen("127.0.0.1", 65535)


def test_address_uses_the_name_for_which_passkeys_work() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert address_of(listener) == f"http://localhost:{listener.getsockname()[1]}"


@pytest.mark.parametrize("text", ["", "0", "65536", "80 80", "http", "-1", "٨٠٠٠"])
def test_first_port_refuses_what_is_no_port(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(LaunchError, match="is not a port number"):
        first_port()
