"""Webhooks: what is sent, to whom, how it is signed, and what happens when nobody answers."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import http.server
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from passport.models import Stamp
from passport.permissions import Subject
from passport.services import revoke_stamp, verify_stamp
from people.enums import DeliveryState, WebhookTrouble
from people.models import Notification, Person, WebhookDelivery, WebhookEndpoint
from people.webhooks.delivering import WAITS, forget_deliveries
from people.webhooks.sending import SendingError, send, target_of
from people.webhooks.signing import new_secret, signature
from tenancy.jobs.outbox import deliver_waiting
from tenancy.models import AuditEntry, OutboxMessage
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.passport import make_claim, make_milestone, make_stage, make_stamp
from tests.factories.people import make_webhook
from tests.factories.readiness import make_snapshot
from tests.members import member_of
from tests.rest import api, faults, get, path, problem
from tests.tls import certificate_in
from tests.world import World

SignIn = Callable[[Person], Client]
PAGE = "/o/mercy/webhooks/"


class Receiver:
    """A system on loopback that notes what it is told and answers with the status at hand."""

    def __init__(self, certificate: Path) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.status)
                self.send_header("Location", "https://localhost:1/elsewhere")
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://localhost:{self.server.server_port}/events?of=mercy"

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.heard]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate_in(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def receiver(certificate: Path, settings: LazySettings) -> Iterator[Receiver]:
    settings.WEBHOOK_LOOPBACK, settings.WEBHOOK_CA_FILE = True, str(certificate)
    receiver = Receiver(certificate)
    serving = threading.Thread(
        target=receiver.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    serving.start()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()
    serving.join()


def asked(client: Client, world: World, url: str) -> Any:
    return client.post(path(world, "webhooks"), {"url": url}, content_type="application/json")


def add(world: World, url: str) -> tuple[WebhookEndpoint, str]:
    """Added over the API, as a program would."""
    answer = asked(api(world, world.olga), world, url)
    assert answer.status_code == 201, answer.content
    with tenant_transaction(world.organization.pk):
        return WebhookEndpoint.objects.get(pk=answer.json()["id"]), answer.json()["secret"]


def work(world: World) -> None:
    deliver_waiting(world.organization.pk)


def deliveries(world: World) -> list[WebhookDelivery]:
    with tenant_transaction(world.organization.pk):
        return list(WebhookDelivery.objects.select_related("endpoint").order_by("happened_at"))


def claim(world: World) -> Stamp:
    return make_claim(world.ada, make_milestone(make_stage(world.organization)))


def proven(secret: str, heard: tuple[dict[str, str], bytes]) -> bool:
    """As a receiver proves it, by the specification alone."""
    headers, body = heard
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in headers["webhook-signature"].split(" ")


def test_a_signature_is_that_of_the_specifications_example() -> None:
    body = b'{"test": 2432232314}'
    made = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body
    )
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_happens_to_a_stamp_is_told_with_ids_alone(mercy: World, receiver: Receiver) -> None:
    _endpoint, secret = add(mercy, receiver.url)
    waiting, subject = claim(mercy), Subject(mercy.ada.pk, frozenset())
    with tenant_transaction(mercy.organization.pk):
        verify_stamp(waiting, note="Very good", subject=subject, by=member_of(mercy.mara))
        revoke_stamp(waiting, reason="A mistake", subject=subject, by=member_of(mercy.mara))
    work(mercy)
    ids = {
        "stamp": str(waiting.pk),
        "person": str(mercy.ada.pk),
        "milestone": str(waiting.milestone_id),
    }
    assert [(told["type"], told["data"]) for told in receiver.told] == [
        ("stamp.earned", ids),
        ("stamp.revoked", ids),
    ]
    assert all(proven(secret, heard) for heard in receiver.heard)
    assert not proven(new_secret(), receiver.heard[0])
    assert len({headers["webhook-id"] for headers, _body in receiver.heard}) == 2
    assert b"Ada" not in b"".join(body for _headers, body in receiver.heard)
    assert {each.state for each in deliveries(mercy)} == {DeliveryState.DONE}


def test_stamps_that_other_rooms_write_and_scores_are_told_too(mercy: World, receiver: Receiver) -> None:
    add(mercy, receiver.url)
    make_stamp(mercy.ada, make_milestone(make_stage(mercy.organization)), mercy.mara)
    make_snapshot(mercy.ada, 62.0)
    work(mercy)
    assert [told["type"] for told in receiver.told] == ["stamp.earned", "scores.released"]
    assert receiver.told[1]["data"] == {"quarter": "2026Q3"}


def test_nothing_is_written_where_nobody_listens(mercy: World, fenwick: World) -> None:
    make_webhook(fenwick.olga)
    make_stamp(mercy.ada, make_milestone(make_stage(mercy.organization)), mercy.mara)
    make_snapshot(mercy.ada, 62.0)
    with tenant_transaction(mercy.organization.pk):
        assert not OutboxMessage.objects.filter(topic="webhook event").exists()


def test_what_was_rolled_back_is_not_told(mercy: World, receiver: Receiver) -> None:
    add(mercy, receiver.url)
    milestone = make_milestone(make_stage(mercy.organization))
    with tenant_transaction(mercy.organization.pk):
        make_stamp(mercy.ada, milestone, mercy.mara)
        transaction.set_rollback(True)
    work(mercy)
    assert receiver.heard == []


def let_pass(world: World) -> None:
    """As if the time had come for what waits."""
    with tenant_transaction(world.organization.pk):
        OutboxMessage.objects.filter(delivered_at=None).update(not_before=None)
        WebhookEndpoint.objects.update(retry_at=None)


def test_what_fails_is_sent_again_with_the_same_id(mercy: World, receiver: Receiver) -> None:
    add(mercy, receiver.url)
    receiver.status = 500
    make_snapshot(mercy.ada, 62.0)
    before = timezone.now()
    work(mercy)
    [waiting] = deliveries(mercy)
    assert (waiting.state, waiting.attempts, waiting.status) == (DeliveryState.WAITING, 1, 500)
    assert (waiting.trouble, waiting.endpoint.retry_at >= before + WAITS[0]) == (WebhookTrouble.ANSWER, True)
    work(mercy)
    assert len(receiver.heard) == 1  # its time has not come
    let_pass(mercy)
    receiver.status = 200
    work(mercy)
    [arrived] = deliveries(mercy)
    assert (arrived.state, arrived.attempts, arrived.trouble) == (DeliveryState.DONE, 2, "")
    assert receiver.heard[0][0]["webhook-id"] == receiver.heard[1][0]["webhook-id"]
    assert arrived.endpoint.retry_at is None


def test_others_wait_along_without_a_try_of_their_own(mercy: World, receiver: Receiver) -> None:
    add(mercy, receiver.url)
    receiver.status = 503
    make_snapshot(mercy.ada, 62.0)
    make_snapshot(mercy.mara, 62.0, quarter="2026Q2")
    work(mercy)
    assert len(receiver.heard) == 1
    let_pass(mercy)
    receiver.status = 200
    work(mercy)
    assert [each.state for each in deliveries(mercy)] == [DeliveryState.DONE] * 2


def test_in_the_end_it_is_given_up_and_admins_are_told_once(mercy: World, receiver: Receiver) -> None:
    endpoint, _secret = add(mercy, receiver.url)
    receiver.status = 500
    for quarter in ("2026Q2", "2026Q3"):
        make_snapshot(mercy.ada, 62.0, quarter=quarter)
    with tenant_transaction(mercy.organization.pk):
        OutboxMessage.objects.filter(topic="webhook event").update(delivered_at=None)
    work(mercy)
    for _attempt in range(2 * len(WAITS) + 4):
        let_pass(mercy)
        work(mercy)
    assert [(each.state, each.attempts) for each in deliveries(mercy)] == [
        (DeliveryState.FAILED, len(WAITS) + 1)
    ] * 2
    with tenant_transaction(mercy.organization.pk):
        told = Notification.objects.get()
    assert told.person_id == mercy.olga.pk
    assert told.title == (
        f"A webhook does not answer, and an event was given up: localhost:{receiver.server.server_port}."
    )
    assert f"/o/mercy/{told.path}" == f"{PAGE}{endpoint.pk}/"


def test_who_answers_gone_is_switched_off(mercy: World, receiver: Receiver) -> None:
    add(mercy, receiver.url)
    receiver.status = 410
    make_snapshot(mercy.ada, 62.0)
    work(mercy)
    [given_up] = deliveries(mercy)
    assert (given_up.state, given_up.endpoint.switched_off_at is not None) == (DeliveryState.FAILED, True)


def test_a_redirect_is_not_followed(mercy: World, receiver: Receiver) -> None:
    add(mercy, receiver.url)
    receiver.status = 307
    make_snapshot(mercy.ada, 62.0)
    work(mercy)
    [waiting] = deliveries(mercy)
    assert (len(receiver.heard), waiting.status, waiting.state) == (1, 307, DeliveryState.WAITING)


def test_a_private_network_is_not_asked(receiver: Receiver, settings: LazySettings) -> None:
    settings.WEBHOOK_LOOPBACK = False
    with pytest.raises(SendingError) as refused:
        send(receiver.url, b"{}", {})
    assert (refused.value.trouble, receiver.heard) == (WebhookTrouble.PRIVATE, [])


@pytest.mark.parametrize(
    "addresses", [["10.0.0.1"], ["93.184.216.34", "192.168.1.1"], ["169.254.169.254"], ["fd00::1"], ["::1"]]
)
def test_one_private_address_of_a_name_is_enough(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(0, 0, 0, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_more: found)
    with pytest.raises(SendingError) as refused:
        send("https://hr.example/", b"{}", {})
    assert refused.value.trouble == WebhookTrouble.PRIVATE


def test_a_certificate_that_proves_nothing_is_refused(receiver: Receiver, settings: LazySettings) -> None:
    settings.WEBHOOK_CA_FILE = ""
    with pytest.raises(SendingError) as refused:
        send(receiver.url, b"{}", {})
    assert refused.value.trouble == WebhookTrouble.NO_PROOF


@pytest.mark.parametrize(
    "url",
    ["http://hr.example/", "https:///x", "https://me:secret@hr.example/", "https://hr.example/#a", "ftp://x"],
)
def test_addresses_that_are_none(mercy: World, url: str) -> None:
    assert target_of(url) is None
    answer = asked(api(mercy, mercy.olga), mercy, url)
    assert answer.status_code in {400, 422}


def test_an_address_is_added_once_and_five_at_most(mercy: World) -> None:
    client = api(mercy, mercy.olga)
    for number in range(5):
        assert asked(client, mercy, f"https://hr.example/{number}").status_code == 201
    problem(asked(client, mercy, "https://hr.example/6"), 409)
    found = get(client, path(mercy, "webhooks"))["webhooks"]
    assert client.delete(path(mercy, "webhooks", found[0]["id"])).status_code == 204
    twice = asked(client, mercy, found[1]["url"])
    assert faults(twice, 422) == {"/url": "This address is told of events already."}


def test_a_changed_secret_signs_beside_the_one_before_for_a_day(
    mercy: World, receiver: Receiver, sign_in: SignIn
) -> None:
    endpoint, before = add(mercy, receiver.url)
    page = sign_in(mercy.olga).post(f"{PAGE}{endpoint.pk}/secret/").content.decode()
    after = page.split('class="secret">')[1].split("<")[0]
    make_snapshot(mercy.ada, 62.0)
    work(mercy)
    assert [proven(secret, receiver.heard[0]) for secret in (before, after)] == [True, True]
    with tenant_transaction(mercy.organization.pk):
        WebhookEndpoint.objects.update(secret_changed_at=timezone.now() - dt.timedelta(hours=25))
    make_snapshot(mercy.ada, 63.0, revision=2)
    work(mercy)
    assert [proven(secret, receiver.heard[1]) for secret in (before, after)] == [False, True]


def test_secrets_are_kept_encrypted_and_out_of_the_trail(mercy: World) -> None:
    endpoint, secret = add(mercy, "https://hr.example/")
    with tenant_transaction(mercy.organization.pk):
        [entry] = AuditEntry.objects.filter(table_name="people_webhookendpoint")
    assert secret not in endpoint.secret
    assert (entry.change["secret"], entry.change["url"]) == ("redacted", "https://hr.example/")


def test_an_admin_adds_tests_switches_and_removes_one(
    mercy: World, receiver: Receiver, sign_in: SignIn
) -> None:
    browser = sign_in(mercy.olga)
    added = browser.post(PAGE, {"url": receiver.url})
    secret = added.content.decode().split('class="secret">')[1].split("<")[0]
    assert "no-store" in added["Cache-Control"]
    assert secret not in browser.get(PAGE).content.decode()
    [endpoint] = get(api(mercy, mercy.olga), path(mercy, "webhooks"))["webhooks"]
    own = f"{PAGE}{endpoint['id']}/"
    browser.post(f"{own}test/")
    work(mercy)
    assert [told["type"] for told in receiver.told] == ["webhook.test"]
    assert proven(secret, receiver.heard[0])
    shown = browser.get(own).content.decode()
    assert "webhook.test" in shown
    assert "Delivered" in shown
    browser.post(f"{own}switch/")
    make_snapshot(mercy.ada, 62.0)
    work(mercy)
    assert len(receiver.heard) == 1
    assert (
        "It is switched off. Switch it on first." in browser.post(f"{own}test/", follow=True).content.decode()
    )
    browser.post(f"{own}switch/", {"on": "on"})
    browser.post(f"{own}test/")
    work(mercy)
    assert len(receiver.heard) == 2
    assert browser.post(f"{own}remove/").status_code == 302
    assert deliveries(mercy) == []


def test_what_waits_when_it_is_switched_off_is_not_sent(mercy: World, receiver: Receiver) -> None:
    add(mercy, receiver.url)
    make_snapshot(mercy.ada, 62.0)
    receiver.status = 500
    work(mercy)
    with tenant_transaction(mercy.organization.pk):
        WebhookEndpoint.objects.update(switched_off_at=timezone.now())
    let_pass(mercy)
    work(mercy)
    assert [each.state for each in deliveries(mercy)] == [DeliveryState.DROPPED]
    assert len(receiver.heard) == 1


def test_three_events_take_as_many_queries_as_one(mercy: World, sign_in: SignIn) -> None:
    endpoint, browser = make_webhook(mercy.olga), sign_in(mercy.olga)
    address = f"{PAGE}{endpoint.pk}/"

    def happens() -> None:
        with tenant_transaction(mercy.organization.pk):
            WebhookDelivery.objects.create(
                endpoint=endpoint, kind="stamp.earned", ids={}, happened_at=timezone.now()
            )

    happens()
    one, one_in_list = queries_of(browser, address), queries_of(browser, PAGE)
    for number in range(2):
        happens()
        make_webhook(mercy.olga, f"https://hr.example/{number}")
    assert (queries_of(browser, address), queries_of(browser, PAGE)) == (one, one_in_list)


def test_old_events_and_secrets_are_forgotten(mercy: World) -> None:
    endpoint = make_webhook(mercy.olga)
    with tenant_transaction(mercy.organization.pk):
        long_ago = timezone.now() - dt.timedelta(days=31)
        for state, when in (("done", long_ago), ("waiting", long_ago), ("done", timezone.now())):
            WebhookDelivery.objects.create(
                endpoint=endpoint, kind="stamp.earned", ids={}, happened_at=when, state=state
            )
        WebhookEndpoint.objects.update(secret_before="x", secret_changed_at=long_ago)
        assert forget_deliveries() == 1
        assert WebhookEndpoint.objects.get().secret_before == ""
