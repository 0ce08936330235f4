"""The contract in both browsers, on paper, and its template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from mentoring.models import ContractTemplate, Mentorship
from mentoring.queries.contracts import contract_in_force
from mentoring.services.contracts import install_contract_template
from people.models import Person
from tenancy.scope import Scope
from tests.counting import queries_of
from tests.factories.mentoring import make_contract, make_deliverable, make_mentorship, sign
from tests.factories.passport import find_milestone, make_presets
from tests.world import World

SignIn = Callable[[Person], Client]
AT = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
WORDS = {"purpose": "To learn.", "rhythm": "Weekly.", "confidentiality": "Between us."}


def url(world: World, name: str, made: Mentorship, *more: object) -> str:
    return reverse(f"mentoring:{name}", args=[world.slug, made.pk, *more])


def test_drafted_changed_and_signed_in_two_browsers(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    install_contract_template()
    make_presets(mercy.organization)
    milestone = find_milestone(mercy.organization, "Shadow a chair meeting")
    made = make_mentorship(mercy.eli, mercy.ada)
    ada, eli = sign_in(mercy.ada), sign_in(mercy.eli)
    assert "There is no contract yet" in ada.get(url(mercy, "contract", made)).content.decode()
    assert ada.post(url(mercy, "contract_draft", made)).status_code == 302
    assert "Shadow a leadership meeting" in ada.get(url(mercy, "contract_edit", made)).content.decode()
    lines = {"title1": "Go along", "due1": "2026-12-01", "milestone1": str(milestone.pk)}
    missing = ada.post(url(mercy, "contract_edit", made), WORDS | {"revision": 1, "title1": "Go along"})
    assert missing.status_code == 422
    assert "Say by which day." in missing.content.decode()
    assert ada.post(url(mercy, "contract_edit", made), WORDS | lines | {"revision": 1}).status_code == 302
    page = eli.get(url(mercy, "contract", made)).content.decode()
    assert "Go along" in page
    assert "Shadow a chair meeting" in page
    stale = eli.post(url(mercy, "contract_sign", made), {"revision": 1})
    assert stale.status_code == 422
    for client in (eli, ada):
        assert client.post(url(mercy, "contract_sign", made), {"revision": 2}).status_code == 302
    in_force = contract_in_force(made.pk)
    assert in_force is not None
    assert in_force.deliverables.get().milestone == milestone.pk
    assert "serves “Shadow a chair meeting”" in ada.get(url(mercy, "mentorship", made)).content.decode()


def test_a_milestone_of_another_organization_cannot_be_chosen(
    mercy: World, fenwick: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    make_presets(fenwick.organization)
    foreign = find_milestone(fenwick.organization, "Shadow a chair meeting")
    made = make_mentorship(mercy.eli, mercy.ada)
    ada = sign_in(mercy.ada)
    ada.post(url(mercy, "contract_draft", made))
    lines = {"title1": "Go along", "due1": "2026-12-01", "milestone1": str(foreign.pk), "revision": 1}
    assert ada.post(url(mercy, "contract_edit", made), WORDS | lines).status_code == 422


def test_it_is_printed(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    make_deliverable(made, "A line with <b>, # and $ in it")
    answer = sign_in(mercy.ada).get(url(mercy, "contract_pdf", made, 1))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert sign_in(mercy.ada).get(url(mercy, "contract_pdf", made, 2)).status_code == 404


def test_a_draft_is_between_the_two(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    """The director sees that there is one and whom it waits for; its words when both have signed."""
    made = make_mentorship(mercy.eli, mercy.ada)
    draft = make_contract(made, signed=False, purpose="To leave this department.", mentee_signed_at=AT)
    ada, paula = sign_in(mercy.ada), sign_in(mercy.paula)
    assert "To leave this department." in ada.get(url(mercy, "contract", made)).content.decode()
    page = paula.get(url(mercy, "contract", made)).content.decode()
    assert "To leave this department." not in page
    assert f"waits for the signature of {mercy.eli.name}" in page
    paper = url(mercy, "contract_pdf", made, 1)
    assert [client.get(paper).status_code for client in (ada, paula)] == [200, 404]
    assert paula.get(url(mercy, "contract_edit", made)).status_code == 403
    sign(draft)
    assert "To leave this department." in paula.get(url(mercy, "contract", made)).content.decode()
    assert paula.get(paper).status_code == 200


def test_the_next_version_waits_for_both(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    make_deliverable(made)
    ada = sign_in(mercy.ada)
    assert "draft the next version" in ada.get(url(mercy, "contract", made)).content.decode()
    ada.post(url(mercy, "contract_draft", made))
    assert (
        "A new version waits for both signatures" in ada.get(url(mercy, "mentorship", made)).content.decode()
    )
    assert ada.post(url(mercy, "contract_discard", made)).status_code == 302
    assert ada.post(url(mercy, "contract_discard", made)).status_code == 404


def test_a_deliverable_is_reported_and_attested_on_the_page(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    made = make_mentorship(mercy.eli, mercy.ada)
    each = make_deliverable(made)
    ada, eli = sign_in(mercy.ada), sign_in(mercy.eli)
    assert ada.post(url(mercy, "deliverable_report", made, each.pk), {"words": ""}).status_code == 422
    assert ada.post(url(mercy, "deliverable_report", made, each.pk), {"words": "I did."}).status_code == 302
    today = eli.get(reverse("today", args=[mercy.slug])).content.decode()
    assert "Attest: Lead a project" in today
    decide = url(mercy, "deliverable_decide", made, each.pk)
    assert eli.post(decide, {"decision": "attest"}).status_code == 302
    assert eli.post(decide, {"decision": "attest"}).status_code == 422
    assert "attested by Eli Mercy" in ada.get(url(mercy, "mentorship", made)).content.decode()


def test_hr_changes_the_template(mercy: World, in_mercy: Scope, sign_in: SignIn) -> None:
    install_contract_template()
    henry, where = sign_in(mercy.henry), reverse("mentoring:contract_template", args=[mercy.slug])
    assert "One hour each month" in henry.get(where).content.decode()
    assert henry.post(where, WORDS | {"title1": "A talk"}).status_code == 422
    assert henry.post(where, WORDS | {"title1": "A talk", "days1": "30"}).status_code == 302
    assert ContractTemplate.objects.get().purpose == "To learn."


def test_the_page_costs_the_same_for_one_and_three_deliverables(
    mercy: World, in_mercy: Scope, sign_in: SignIn
) -> None:
    install_contract_template()
    one, more = make_mentorship(mercy.eli, mercy.ada), make_mentorship(mercy.eli, mercy.colin)
    make_deliverable(one)
    eli = sign_in(mercy.eli)
    eli.post(url(mercy, "contract_draft", more))
    for who in (mercy.eli, mercy.colin):
        sign_in(who).post(url(mercy, "contract_sign", more), {"revision": 1})
    assert "Look back together" in eli.get(url(mercy, "mentorship", more)).content.decode()
    assert queries_of(eli, url(mercy, "mentorship", one)) == queries_of(eli, url(mercy, "mentorship", more))
