"""The frame of every page: policy, theme, error pages, components compiled."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory, override_settings

from web.shell import PHONE_BAR, Link, Shell
from web.theme import theme_of
from web.views import forbidden, server_error

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*(?:\ssrc=|application/json))|\son[a-z]+=", re.IGNORECASE)


def render(source: str, **context: object) -> str:
    """`source` as a page of the product would be rendered, through the loaders' compiler for components."""
    loader = engines["django"].engine.template_loaders[0].loaders[0].loaders[0]  # type: ignore[attr-defined]
    compiled = loader.cotton_compiler.process(source)
    return engines["django"].from_string(compiled).render(context, RequestFactory().get("/"))


@pytest.fixture
def page(client: Client) -> str:
    return client.get("/components/").content.decode()


def test_no_component_tag_reaches_a_response(page: str) -> None:
    assert 'class="card' in page
    assert "<c-" not in page
    assert "{%" not in page
    assert "{{" not in page


def test_every_component_is_on_the_page(page: str) -> None:
    marks = {
        *('class="btn', "<dialog", 'class="empty"', 'class="field', 'class="filter"', 'class="message'),
        *(
            'class="paging"',
            "plotly-figure",
            'class="job"',
            'class="skeleton"',
            'class="stamp',
            'class="steps"',
        ),
        *('class="stat"', 'class="table', 'class="tabs"', 'class="timeline"', 'class="tag', 'class="facts'),
    }

    assert [mark for mark in marks if mark not in page] == []


def test_pages_hold_nothing_inline(page: str) -> None:
    assert INLINE.search(page) is None
    assert INLINE.search('<p style="x">')
    assert INLINE.search("<script>x</script>")


def test_no_template_holds_anything_inline() -> None:
    base = Path(settings.BASE_DIR)
    templates = [*base.glob("templates/**/*.html"), *base.glob("*/templates/**/*.html")]
    assert len(templates) > 30

    assert [path.name for path in templates if INLINE.search(path.read_text())] == []


def test_table_headers_are_never_rows_of_the_body() -> None:
    headers_as_rows = re.compile(r"<c-table\b[^>]*>\s*<tr>\s*<th scope=\"col\"")
    pages = Path(settings.BASE_DIR).glob("templates/**/*.html")

    assert [path.name for path in pages if headers_as_rows.search(path.read_text())] == []


def test_policy_is_strict(client: Client) -> None:
    header = client.get("/components/").headers["Content-Security-Policy"]

    assert {part.strip() for part in header.split(";")} == POLICY


def test_component_page_is_not_in_production(client: Client) -> None:
    with override_settings(MODE="production"):
        assert client.get("/components/").status_code == 404


@pytest.mark.parametrize(
    ("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("system", "system"), ("x<b>", "system")]
)
def test_theme_is_kept_in_a_cookie_and_on_the_page(client: Client, chosen: str, kept: str) -> None:
    response = client.post("/theme/", {"theme": chosen, "next": "/components/"})

    assert (response.status_code, response.headers["Location"]) == (302, "/components/")
    assert response.cookies["theme"].value == kept
    assert f'<html lang="en-gb" data-theme="{kept}">' in client.get("/components/").content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_theme_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.post("/theme/", {"theme": "dark", "next": target}).headers["Location"] == "/"


def test_theme_changed_by_the_script_needs_no_page(client: Client) -> None:
    assert client.post("/theme/", {"theme": "dark"}, headers={"X-Requested-With": "fetch"}).status_code == 204
    assert client.get("/theme/").status_code == 405


def test_a_forged_theme_cookie_means_the_system() -> None:
    request = RequestFactory().get("/", headers={"Cookie": 'theme="><script>'})

    assert theme_of(request) == "system"


def test_not_found_page_is_ours(client: Client) -> None:
    response = client.get("/nothing/here")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_forbidden_page_says_the_reason_escaped() -> None:
    response = forbidden(RequestFactory().get("/"), PermissionDenied("Only <b>directors</b> may."))

    assert response.status_code == 403
    assert "Only &lt;b&gt;directors&lt;/b&gt; may." in response.content.decode()


def test_forbidden_page_without_a_reason_says_whom_to_ask() -> None:
    assert "administrator" in forbidden(RequestFactory().get("/"), PermissionDenied()).content.decode()


def test_expired_form_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_server_error_page_needs_no_context_processor() -> None:
    with override_settings(TEMPLATES=settings.TEMPLATES):
        response = server_error(RequestFactory().get("/", headers={"Cookie": "theme=dark"}))

    assert response.status_code == 500
    assert 'data-theme="dark"' in response.content.decode()


def test_unknown_attributes_of_a_component_are_escaped() -> None:
    value = '"x" onclick="alert(1)"'

    markup = render('<c-button :data-x="value">Go</c-button>', value=value)

    assert "onclick=&quot;alert(1)&quot;" in markup
    assert 'onclick="' not in markup


def test_a_component_does_not_see_the_variables_of_the_page() -> None:
    assert "leaked" not in render("<c-card>x</c-card>", title="leaked", class_="leaked", note="leaked")


class TwoFields(forms.Form):
    name = forms.CharField(help_text="As on the badge.")
    sure = forms.BooleanField(required=False)


def test_field_ties_label_help_and_error_to_the_input() -> None:
    markup = render('<c-field :field="field" />', field=TwoFields({"name": ""})["name"])

    assert 'for="id_name"' in markup
    assert 'aria-describedby="id_name_helptext id_name_error"' in markup
    assert 'id="id_name_helptext"' in markup
    assert 'id="id_name_error"' in markup
    assert 'aria-invalid="true"' in markup


def test_a_form_renders_like_its_fields() -> None:
    form = TwoFields({"name": ""})

    assert str(form).count('class="field') == 2
    assert 'href="#id_name_field"' in str(form)
    assert str(form["name"].as_field_group()) in str(form)


def test_phone_bar_shows_four_entries_and_more() -> None:
    shell = Shell(nav=[Link(f"N{i}", f"/{i}") for i in range(6)])

    markup = render_to_string("web/header.html", {"shell": shell}, RequestFactory().get("/"))

    assert [link.label for link in shell.nav_more] == ["N4", "N5"]
    assert (markup.count(">N3<"), markup.count(">N5<")) == (1, 2)
    assert len(shell.nav) - len(shell.nav_more) == PHONE_BAR


def test_a_single_entry_too_many_takes_the_place_of_more() -> None:
    shell = Shell(nav=[Link(f"N{i}", f"/{i}") for i in range(PHONE_BAR + 1)])

    markup = render_to_string("web/header.html", {"shell": shell}, RequestFactory().get("/"))

    assert shell.nav_more == []
    assert "More" not in markup


def test_table_headers_given_as_a_slot_are_in_the_head_of_the_table() -> None:
    source = (
        '<c-table label="T"><c-slot name="head"><th scope="col">A</th></c-slot><tr><td>1</td></tr></c-table>'
    )

    markup = re.sub(r"\s*(<[^>]*>)\s*", r"\1", render(source))

    assert '<thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody>' in markup


def test_toast_is_added_to_the_region_that_is_read_out() -> None:
    markup = render_to_string("web/toast.html", {"tone": "ok", "text": "<b>Saved</b>"})

    assert 'hx-swap-oob="beforeend:#toasts"' in markup
    assert "&lt;b&gt;Saved" in markup


def test_every_template_compiles() -> None:
    base = Path(settings.BASE_DIR) / "templates"
    names = [
        path.relative_to(base).as_posix() for path in base.rglob("*") if path.suffix in {".html", ".txt"}
    ]
    assert len(names) > 60

    for name in names:
        get_template(name)


def test_the_icon_is_where_browsers_look_by_themselves(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"].endswith("favicon.svg")
