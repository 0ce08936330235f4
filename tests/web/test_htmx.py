"""Fragments for htmx, pages for everybody else."""

from django.test import RequestFactory

from web.htmx import STOP_POLLING, is_htmx, render_poll

HTMX = {"HX-Request": "true"}


def test_only_a_plain_htmx_request_gets_a_part() -> None:
    factory = RequestFactory()

    assert is_htmx(factory.get("/", headers=HTMX))
    assert not is_htmx(factory.get("/"))
    assert not is_htmx(factory.get("/", headers={**HTMX, "HX-History-Restore-Request": "true"}))


def test_polling_ends_when_the_work_is_finished() -> None:
    request = RequestFactory().get("/", headers=HTMX)

    assert render_poll(request, "web/logo.html", {}, finished=False).status_code == 200
    assert render_poll(request, "web/logo.html", {}, finished=True).status_code == STOP_POLLING
