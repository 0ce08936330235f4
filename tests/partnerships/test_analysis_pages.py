"""The pages on which comments are coded, settled and told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships.enums import AuditPoint
from partnerships.models import AuditAnalysis, Code, PartnershipProgramme, ProgrammeAudit
from partnerships.queries.coding import comments_of
from people.models import Person
from surveys.models import PublishedComment
from tenancy.scope import tenant_transaction
from tests.counting import queries_of
from tests.factories.analyses import code_as, make_analysis, make_code, make_theme, make_written_audit
from tests.factories.partnerships import make_audit_wave, make_partnership, make_programme
from tests.world import World

SignIn = Callable[[Person], Client]
TEXTS = [f"Comment {number}" for number in range(6)]


@pytest.fixture
def programme(mercy: World) -> PartnershipProgramme:
    """Colin runs it, Eli is its sponsor, Ada and Mara are its partners."""
    dyad = make_partnership(mercy.unit, mercy.ada, mercy.mara)
    return make_programme(mercy.root, mercy.colin, mercy.eli, dyad)


@pytest.fixture
def audit(mercy: World, programme: PartnershipProgramme) -> ProgrammeAudit:
    return make_written_audit(mercy, programme, TEXTS)


@pytest.fixture
def trust(programme: PartnershipProgramme) -> Code:
    return make_code(programme, "Trust", theme=make_theme(programme, "Trusting each other"))


def address(world: World, audit: ProgrammeAudit, page: str = "analysis", *more: object) -> str:
    return reverse(f"partnerships:{page}", args=[world.slug, audit.programme_id, audit.pk, *more])


def shown(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_from_the_first_code_to_the_last_reader(mercy: World, audit: ProgrammeAudit, sign_in: SignIn) -> None:
    colin, paula, stella = sign_in(mercy.colin), sign_in(mercy.paula), sign_in(mercy.stella)
    page, slug, key = address(mercy, audit), mercy.slug, audit.programme_id
    emails = {"first": f"paula@{slug}.example", "second": f"stella@{slug}.example"}
    assert colin.post(address(mercy, audit, "analysis_begin"), emails).status_code == 302
    # Two read, and write the codebook.
    assert TEXTS[0] in "".join(
        shown(paula, f"{address(mercy, audit, 'coding')}?comment={n}") for n in range(1, 7)
    )
    book = reverse("partnerships:codebook", args=[slug, key])
    theme = {"name": "Trusting each other", "definition": "Whether people do"}
    assert paula.post(reverse("partnerships:theme_new", args=[slug, key]), theme).status_code == 302
    code = {"name": "Trust", "definition": "Of keeping promises"}
    assert paula.post(reverse("partnerships:code_new", args=[slug, key]), code).status_code == 302
    assert "Of keeping promises" in shown(stella, book)
    with tenant_transaction(mercy.organization.pk):
        trust = Code.objects.get()
        theme_id = trust.programme.themes.get().pk
    group = reverse("partnerships:code_group", args=[slug, key, trust.pk])
    assert stella.post(group, {"theme": theme_id}).status_code == 302
    assert stella.post(address(mercy, audit, "analysis_start")).status_code == 302
    # Each codes alone.
    for coder, codes in ((paula, [str(trust.pk)]), (stella, [str(trust.pk)])):
        for number in range(1, 7):
            given = codes if number > 1 or coder is paula else []
            done = coder.post(f"{address(mercy, audit, 'coding')}?comment={number}", {"codes": given})
            assert done.status_code == 302
        assert coder.post(address(mercy, audit, "coding_finish")).status_code == 302
    # They agree, but for one.
    assert "0 of 1" in shown(paula, page)
    with tenant_transaction(mercy.organization.pk):
        first = comments_of(AuditAnalysis.objects.select_related("audit").get())[0]
    for coder in (paula, stella):
        coder.post(address(mercy, audit, "settling"), {f"{first.pk}/{trust.pk}": "keep"})
    assert "Nothing is open" in shown(stella, address(mercy, audit, "settling"))
    # All are told.
    assert colin.post(address(mercy, audit, "analysis_release")).status_code == 302
    assert "0 of 3" in shown(colin, page)
    told = shown(sign_in(mercy.ada), address(mercy, audit, "findings"))
    assert all(
        words in told for words in ("Trusting each other", "6 of 6 comments, 100\N{NO-BREAK SPACE}%", *TEXTS)
    )
    assert "1 of 3" in shown(colin, page)


def test_a_code_can_be_given_without_a_mouse_and_without_a_script(
    mercy: World, audit: ProgrammeAudit, trust: Code, sign_in: SignIn
) -> None:
    make_analysis(audit, mercy.paula, mercy.stella, state="coding")
    page = shown(sign_in(mercy.paula), address(mercy, audit, "coding"))
    assert "<kbd" in page
    assert f'value="{trust.pk}"' in page


def test_who_codes_sees_neither_the_programme_nor_the_other_codes(
    mercy: World, audit: ProgrammeAudit, trust: Code, sign_in: SignIn
) -> None:
    found = make_analysis(audit, mercy.paula, mercy.stella, state="coding")
    with tenant_transaction(mercy.organization.pk):
        code_as(found, mercy.stella, {text: [trust] for text in TEXTS})
    paula = sign_in(mercy.paula)
    programme = reverse("partnerships:programme", args=[mercy.slug, audit.programme_id])
    assert paula.get(programme).status_code == 404
    assert " checked" not in shown(paula, address(mercy, audit, "coding"))
    own = paula.get(address(mercy, audit, "coding_csv")).content.decode()
    assert own.count(",no,0") == len(TEXTS)
    hers = sign_in(mercy.stella).get(address(mercy, audit, "coding_csv")).content.decode()
    assert hers.count(",yes,1") == len(TEXTS)


def test_agreement_by_code_is_for_those_who_coded(
    mercy: World, audit: ProgrammeAudit, trust: Code, sign_in: SignIn
) -> None:
    found = make_analysis(audit, mercy.paula, mercy.stella, state="coding")
    with tenant_transaction(mercy.organization.pk):
        for who in (mercy.paula, mercy.stella):
            code_as(found, who, {text: [trust] for text in TEXTS[:3]})
    assert "By code" in shown(sign_in(mercy.paula), address(mercy, audit))
    run = shown(sign_in(mercy.colin), address(mercy, audit))
    assert "By code" not in run
    assert "almost perfect agreement" in run
    taking_part = shown(sign_in(mercy.ada), address(mercy, audit))
    assert "kappa" not in taking_part


def test_kappa_that_is_not_defined_is_said_to_be_so(
    mercy: World, audit: ProgrammeAudit, trust: Code, sign_in: SignIn
) -> None:
    found = make_analysis(audit, mercy.paula, mercy.stella, state="coding")
    with tenant_transaction(mercy.organization.pk):
        for who in (mercy.paula, mercy.stella):
            code_as(found, who, {text: [trust] for text in TEXTS})
    assert "not defined: both coded everything the same way" in shown(
        sign_in(mercy.colin), address(mercy, audit)
    )


def test_nobody_reads_findings_before_their_day(
    mercy: World, audit: ProgrammeAudit, trust: Code, sign_in: SignIn
) -> None:
    make_analysis(audit, mercy.paula, mercy.stella, state="settling")
    early = sign_in(mercy.ada).get(address(mercy, audit, "findings"))
    assert (early.status_code, early["Location"]) == (302, address(mercy, audit))


def test_more_comments_cost_no_more_queries(
    mercy: World, programme: PartnershipProgramme, trust: Code, sign_in: SignIn
) -> None:
    few = make_written_audit(mercy, programme, TEXTS[:5])
    many = make_written_audit(mercy, programme, [f"Comment {n}" for n in range(40)], AuditPoint.END)
    paula, counted = sign_in(mercy.paula), []
    for audit in (few, many):
        found = make_analysis(audit, mercy.paula, mercy.stella, state="coding")
        coding = queries_of(paula, address(mercy, audit, "coding"))
        with tenant_transaction(mercy.organization.pk):
            texts = PublishedComment.objects.filter(wave=audit.wave_id).values_list("text", flat=True)
            code_as(found, mercy.paula, {text: [trust] for text in texts})
            code_as(found, mercy.stella, {})
        settling = queries_of(paula, address(mercy, audit, "settling"))
        counted.append((coding, settling, queries_of(paula, address(mercy, audit))))
    assert counted[0] == counted[1]


def test_the_audit_asks_what_helps_and_what_hinders(mercy: World, sign_in: SignIn) -> None:
    today = timezone.localdate()
    wave = make_audit_wave(mercy, mercy.ada, opens_on=today, closes_on=today + dt.timedelta(days=7))
    page = shown(sign_in(mercy.ada), reverse("surveys:answer", args=[mercy.slug, wave.pk]))
    assert "What helps doctors and managers here to work together" in page
    assert "Comments are told by theme" in page
    assert "anything you would like to add" not in page


def test_findings_cost_the_same_with_many_themes(
    mercy: World, programme: PartnershipProgramme, sign_in: SignIn
) -> None:
    codes = [make_code(programme, f"Code {n}", theme=make_theme(programme, f"Theme {n}")) for n in range(4)]
    eli, counted = sign_in(mercy.eli), []
    for which, themes in ((AuditPoint.START, 1), (AuditPoint.END, 4)):
        audit = make_written_audit(mercy, programme, TEXTS, which)
        found = make_analysis(audit, mercy.paula, mercy.stella, state="coding")
        with tenant_transaction(mercy.organization.pk):
            for who in (mercy.paula, mercy.stella):
                code_as(found, who, dict.fromkeys(TEXTS, codes[:themes]))
        sign_in(mercy.colin).post(address(mercy, audit, "analysis_release"))
        counted.append(address(mercy, audit, "findings"))
    for url in counted:
        eli.get(url)  # the first look is noted
    assert len({queries_of(eli, url) for url in counted}) == 1
