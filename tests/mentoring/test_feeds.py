"""Fetching calendars from servers that behave, that do not, and that lead somewhere else."""

from __future__ import annotations

import gzip
import http.server
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mentoring.availability.busy import MOST_BYTES, CalendarError
from mentoring.availability.fetching import fetch_calendar, read_address
from tests.tls import certificate_in
from web.outside import is_public

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("127.8.9.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to be refused
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("172.32.0.1", True),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # where clouds keep their keys
        ("100.64.0.1", False),  # carriers
        ("192.0.0.8", False),
        ("192.88.99.1", False),
        ("198.18.0.1", False),
        ("203.0.113.5", False),  # examples
        ("224.0.0.1", False),  # multicast
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fd12:3456::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),  # IPv4 in IPv6
        ("::ffff:93.184.215.14", False),
        ("64:ff9b::7f00:1", False),  # NAT64
        ("64:ff9b:1::a00:1", False),
        ("2001::1", False),  # Teredo
        ("2001:db8::1", False),
        ("2002:7f00:1::", False),  # 6to4 to 127.0.0.1
        ("3fff::1", False),
        ("4000::1", False),  # not given out
        ("nonsense", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "address",
    [
        "http://calendar.example/a.ics",
        "ftp://calendar.example/a.ics",
        "file:///etc/passwd",
        "calendar.example/a.ics",
        "https:///a.ics",
        "https://",
        "https://me:secret@calendar.example/a.ics",
        "https://calendar.example:99999/",
        "https://[calendar/",
        f"https://{'a' * 70}.example/",
        "",
    ],
)
def test_what_is_no_address_of_a_calendar_is_refused(address: str) -> None:
    with pytest.raises(CalendarError, match="begins with https"):
        read_address(address)


def test_webcal_is_https_and_names_travel_as_they_must() -> None:
    target = read_address(" webcal://Kalender.Münster.example/für mich?a=1&b=ä ")
    assert (target.host, target.port) == ("kalender.xn--mnster-3ya.example", 443)
    assert target.path == "/f%C3%BCr%20mich?a=1&b=%C3%A4"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate_in(tmp_path_factory.mktemp("tls"))


class Site:
    """A server on loopback that answers as it is told, and what it was asked."""

    def __init__(self, certificate: Path) -> None:
        self.asked: list[Any] = []
        self.answers: dict[str, Answer] = {}
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                try:
                    site.answers[self.path](self)
                except OSError:  # the client hung up, as it should
                    self.close_connection = True

            def log_message(self, *_arguments: object) -> None:
                """Quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.trust = ssl.create_default_context(cafile=str(certificate))

    def url(self, path: str = "/a.ics") -> str:
        return f"https://localhost:{self.server.server_port}{path}"

    def says(self, body: bytes, path: str = "/a.ics", status: int = 200, **headers: str) -> None:
        def answer(to: http.server.BaseHTTPRequestHandler) -> None:
            to.send_response(status)
            for name, value in headers.items():
                to.send_header(name.replace("_", "-"), value)
            to.end_headers()
            to.wfile.write(body)

        self.answers[path] = answer

    def fetch(self, path: str = "/a.ics", **changes: Any) -> bytes:
        """As the product does, but that loopback is allowed."""
        return fetch_calendar(self.url(path), **{"allowed": is_loopback, "trust": self.trust, **changes})


def is_loopback(address: str) -> bool:
    return address in {"127.0.0.1", "::1"}


@pytest.fixture
def site(certificate: Path) -> Iterator[Site]:
    site = Site(certificate)
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    thread.join()


def test_a_calendar_comes_as_it_is_and_nothing_of_us_goes_with_it(site: Site) -> None:
    site.says(CALENDAR, Content_Length=str(len(CALENDAR)), Set_Cookie="a=b")
    assert site.fetch() == CALENDAR
    site.says(CALENDAR)  # without a length: until the connection ends
    assert site.fetch() == CALENDAR
    assert [sorted(headers) for _path, headers in site.asked] == [
        ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"]
    ] * 2


def test_loopback_is_refused_before_anything_is_asked(site: Site) -> None:
    site.says(CALENDAR)
    for name in ("localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]"):
        with pytest.raises(CalendarError, match=r"^The address leads to a private network\.$"):
            fetch_calendar(site.url().replace("localhost", name), trust=site.trust)
    assert site.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers otherwise the second time (DNS rebinding) is not asked a second time."""
    answers = iter(["127.0.0.1", "10.0.0.1"])
    asked: list[str] = []

    def lookup(host: str, port: int, *_arguments: object, **_more: object) -> list[Any]:
        address = host
        if not host[0].isdigit():  # a number is its own answer
            asked.append(host)
            address = next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    site.says(CALENDAR)
    assert site.fetch() == CALENDAR
    assert asked == ["localhost"]


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(2, 1, 6, "", (each, 443)) for each in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_more: found)
    with pytest.raises(CalendarError, match="private network"):
        fetch_calendar("https://calendar.example/a.ics")


def test_redirects_are_followed_three_times(site: Site) -> None:
    for step in range(4):
        site.says(b"", f"/{step}", 302, Location=f"/{step + 1}")
    site.says(CALENDAR, "/4")
    assert site.fetch("/1") == CALENDAR
    with pytest.raises(CalendarError, match="again and again"):
        site.fetch("/0")


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://127.0.0.2/", "private network"),
        ("https://[::ffff:10.0.0.1]/", "private network"),
        ("//169.254.169.254/latest", "private network"),
        ("http://localhost/a.ics", "without https"),
        ("ftp://localhost/a.ics", "begins with https"),
        ("https://[nonsense", "begins with https"),
        ("https://me:secret@localhost/", "begins with https"),
    ],
)
def test_redirects_are_checked_like_the_first_address(site: Site, location: str, words: str) -> None:
    site.says(b"", status=307, Location=location)
    with pytest.raises(CalendarError, match=words):
        site.fetch()
    assert len(site.asked) == 1


def test_a_calendar_of_a_gigabyte_is_given_up_after_two_megabytes(site: Site) -> None:
    sent = 0

    def pour(to: http.server.BaseHTTPRequestHandler) -> None:
        nonlocal sent
        to.send_response(200)
        to.end_headers()
        for _each in range(1024):
            to.wfile.write(bytes(1 << 20))
            sent += 1

    site.answers["/a.ics"] = pour
    with pytest.raises(CalendarError, match="more than 2 MB"):
        site.fetch()
    assert sent < 64  # what fits into buffers on the way
    site.says(b"", Content_Length=str(MOST_BYTES + 1))
    with pytest.raises(CalendarError, match="more than 2 MB"):
        site.fetch()
    site.says(bytes(MOST_BYTES), Content_Length=str(MOST_BYTES))
    assert len(site.fetch()) == MOST_BYTES


def test_a_gzip_bomb_is_not_unpacked(site: Site) -> None:
    site.says(gzip.compress(bytes(1 << 20)), Content_Encoding="gzip")
    with pytest.raises(CalendarError, match="compressed"):
        site.fetch()


def drip_body(to: http.server.BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    while True:
        to.wfile.write(b"x")
        to.wfile.flush()
        time.sleep(0.05)


def drip_headers(to: http.server.BaseHTTPRequestHandler) -> None:
    to.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip_body(to)


def drip_continues(to: http.server.BaseHTTPRequestHandler) -> None:
    while True:
        to.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        to.wfile.flush()
        time.sleep(0.05)


def hang(_to: http.server.BaseHTTPRequestHandler) -> None:
    time.sleep(30)


@pytest.mark.parametrize("behaviour", [hang, drip_body, drip_headers, drip_continues])
def test_a_server_that_hangs_or_drips_is_cut_off_in_time(site: Site, behaviour: Answer) -> None:
    site.answers["/a.ics"] = behaviour
    started = time.monotonic()
    with pytest.raises(CalendarError, match="within ten seconds"):
        site.fetch(seconds=0.7)
    assert time.monotonic() - started < 5


def test_a_server_that_hangs_before_tls_is_cut_off_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(CalendarError, match="within ten seconds"):
            fetch_calendar(f"https://localhost:{port}/", allowed=is_loopback, seconds=0.5)


def test_a_name_server_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_more: time.sleep(2) or [])
    with pytest.raises(CalendarError, match="within ten seconds"):
        fetch_calendar("https://calendar.example/", seconds=0.3)


def test_who_cannot_prove_the_name_is_not_asked(site: Site) -> None:
    site.says(CALENDAR)
    with pytest.raises(CalendarError, match="certificate"):
        site.fetch(trust=ssl.create_default_context())
    with pytest.raises(CalendarError, match="certificate"):
        fetch_calendar(site.url().replace("localhost", "127.0.0.1"), allowed=is_loopback, trust=site.trust)
    assert site.asked == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "refuses"),
        (403, "refuses"),
        (404, "refuses"),
        (410, "refuses"),
        (503, "wrong with it"),
        (204, "wrong with it"),
    ],
)
def test_other_answers_are_told_in_words(site: Site, status: int, words: str) -> None:
    site.says(b"", status=status)
    with pytest.raises(CalendarError, match=words):
        site.fetch()


def broken_off(to: http.server.BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.send_header("Content-Length", "1000")
    to.end_headers()
    to.wfile.write(CALENDAR)


def nonsense(to: http.server.BaseHTTPRequestHandler) -> None:
    to.wfile.write(b"What do you want?\r\n\r\n")


@pytest.mark.parametrize("behaviour", [broken_off, nonsense])
def test_a_connection_that_breaks_off_gives_no_half_calendar(site: Site, behaviour: Answer) -> None:
    site.answers["/a.ics"] = behaviour
    with pytest.raises(CalendarError, match="broke off"):
        site.fetch()


def test_nobody_there_and_no_such_name_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(CalendarError, match="could not be reached"):
        fetch_calendar(f"https://localhost:{port}/", allowed=is_loopback)
    with pytest.raises(CalendarError, match="Nothing is known"):
        fetch_calendar("https://nowhere.invalid/")


def test_words_never_repeat_the_address(site: Site) -> None:
    site.says(b"", "/secret-token.ics", 404)
    with pytest.raises(CalendarError) as refused:
        site.fetch("/secret-token.ics")
    assert "secret-token" not in str(refused.value)
