"""A position from its pool to its next leader, by people of the demo: the bench is kept, the ladder opens a
selection by itself, the staff set the slate, leaders of other departments choose, and a term begins. What the
rest of the staff and of the panel do is done by the services that their pages call."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site
from tests.browser.inspection import faults_of
from tests.browser.meanwhile import meanwhile

pytestmark = pytest.mark.browser

WHY = "She runs the nights as if the unit were hers."
TODAY = timezone.localdate()
SignIn = Callable[[dict[str, str]], Page]


def test_from_the_bench_to_the_next_leader(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    hr, holder, nurse = site.persona("HR admin"), site.persona("Leader of a unit"), site.persona("Colleague")
    chair, second = site.persona("Executive, Chief Medical"), site.persona("Programme director")
    third, near, slug = site.persona("Executive in both"), site.persona("Department chair"), hr["slug"]
    set_up_by_file(sign_in(hr), tmp_path)
    page = sign_in(holder)
    ready = ready_now(page)
    title, url = propose(page, nurse)
    say_yes(sign_in(nurse), title)
    page = sign_in(holder)
    rate(page, url, nurse)
    assert ready_now(page) == ready + 1
    meanwhile(site.var, "selecting.let_the_term_end", slug, title)
    stand(sign_in(nurse), title)
    meanwhile(site.var, "selecting.stand_for_it", slug, title, nurse["email"])
    selection = name_panel(sign_in(hr), title, near, chair, second, third)
    for leader in (chair, second, third):
        declare(sign_in(leader), selection)
    share_out(sign_in(hr), selection)
    meanwhile(site.var, "selecting.offer_interviews", slug, title)
    ask_for_another_time(sign_in(nurse), selection)
    open_ballot(sign_in(hr), selection)
    receipt = vote(sign_in(nurse), selection)
    meanwhile(site.var, "selecting.vote_too", slug, title, nurse["email"])
    nothing_leaks(sign_in(hr), selection, receipt)
    meanwhile(site.var, "selecting.let_the_last_day_pass", slug, title)
    find_receipt(sign_in(nurse), selection, receipt)
    meanwhile(site.var, "selecting.score_too", slug, title, chair["email"])
    score_all(sign_in(chair), selection)
    decide(sign_in(chair), selection, nurse["name"])
    due = ending(sign_in(hr))
    appoint(page, selection, nurse["name"], partner=near)
    meanwhile(site.var, "selecting.let_the_first_day_come", slug, title)
    they_lead(sign_in(hr), url, nurse["name"], partner=near)
    assert ending(page) == due - 1
    begin_onboarding(page, nurse["name"], title)


def flash(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


def set_up_by_file(page: Page, folder: Path) -> None:
    """All pools go out as a file and come in again; a bad row changes nothing."""
    page.get_by_role("link", name="Succession").first.click()
    page.get_by_role("link", name="Set up pools").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="All positions as such a file").click()
    given, mine = folder / "given.csv", folder / "pools.csv"
    waiting.value.save_as(given)
    head, *rows = given.read_text(encoding="utf-8-sig").splitlines()
    unknown = "Nobody knows this one" + "," * head.count(",")
    mine.write_text("\n".join([head, *rows, unknown]) + "\n")
    page.get_by_label("CSV or XLSX file").set_input_files(mine)
    page.get_by_role("button", name="Bring the file").click()
    flash(page, "Nothing was changed")
    assert faults_of(page) == []
    page.get_by_label("CSV or XLSX file").set_input_files(given)
    page.get_by_role("button", name="Bring the file").click()
    flash(page, "Changed: 0.")
    whole = re.compile(r"with a pool\s*(\d+) of \1", re.IGNORECASE)
    expect(page.locator("main")).to_contain_text(whole, use_inner_text=True)


def from_the_account(page: Page, name: str) -> None:
    page.get_by_label("Your account").click()
    page.locator("header").get_by_role("link", name=name).click()


def to_own_pools(page: Page) -> None:
    from_the_account(page, "My pools")
    expect(page.get_by_role("heading", name="My pools", level=1)).to_be_visible()


def own_pool(page: Page) -> Locator:
    return page.locator("ul.due li", has_text="ready now of").first


def ready_now(page: Page) -> int:
    """In the first of the own pools."""
    to_own_pools(page)
    found = re.search(r"(\d+) ready now of", own_pool(page).inner_text())
    assert found is not None
    return int(found[1])


def propose(page: Page, candidate: dict[str, str]) -> tuple[str, str]:
    """From the own pool; who is asked. The position's title and address."""
    to_own_pools(page)
    own_pool(page).get_by_role("link").click()
    title, url = page.locator("h1").inner_text(), page.url
    page.get_by_role("link", name=re.compile("Propose")).first.click()
    page.get_by_label("Who, by e-mail address").fill(candidate["email"])
    page.get_by_label("Why them").fill(WHY)
    assert faults_of(page) == []
    page.get_by_role("button", name="Ask them").click()
    flash(page, f"{candidate['name']} is asked.")
    return title, url


def say_yes(page: Page, title: str) -> None:
    page.locator("main").get_by_role("link", name=re.compile(re.escape(title))).first.click()
    flash(page, WHY)
    page.get_by_role("button", name="Yes, put me in the pool").click()
    expect(page.locator("main")).to_contain_text("How ready")


def rate(page: Page, url: str, candidate: dict[str, str]) -> None:
    """Ready now, with what says so."""
    page.goto(url)
    page.locator("main").get_by_role("link", name=candidate["name"]).first.click()
    page.get_by_label("When could they take over").select_option(label="Ready now")
    page.get_by_label("What says so").fill("Led the unit for four months while I was away.")
    assert faults_of(page) == []
    page.get_by_role("button", name="Write it down").click()
    flash(page, "Led the unit for four months")


def stand(page: Page, title: str) -> None:
    """It waits on Today, because the ladder opened it in the night."""
    page.locator("main").get_by_role(
        "link", name=re.compile(f"Would you stand for {re.escape(title)}")
    ).click()
    page.get_by_label("A few words to the staff").fill("Fewer nights alone, for everybody.")
    assert faults_of(page) == []
    page.get_by_role("button", name="Yes, I stand").click()
    flash(page, "You stand. The staff see your name.")


def put_on_panel(page: Page, leader: dict[str, str], *, chairs: bool = False) -> None:
    page.get_by_label("A leader of another department, by e-mail address").fill(leader["email"])
    page.get_by_label("Chairs the panel").set_checked(chairs)
    page.get_by_role("button", name="Put them on the panel").click()


def name_panel(page: Page, title: str, near: dict[str, str], *leaders: dict[str, str]) -> str:
    """Who leads in the department is refused by rule; three from elsewhere are named."""
    from_the_account(page, "Selections")
    page.locator("main").get_by_role("link", name=title).first.click()
    put_on_panel(page, near)
    expect(page.locator("main .errors").first).to_be_visible()
    for place, leader in enumerate(leaders):
        put_on_panel(page, leader, chairs=place == 0)
        flash(page, "They are on the panel, and told.")
    assert faults_of(page) == []
    return page.url


def declare(page: Page, selection: str) -> None:
    page.goto(selection)
    page.get_by_role("button", name="Declare").first.click()
    flash(page, "Written down.")


def share_out(page: Page, selection: str) -> None:
    page.goto(selection)
    page.get_by_role("button", name="Share out the interviews").click()
    flash(page, "Shared out.")


def ask_for_another_time(page: Page, selection: str) -> None:
    page.goto(selection)
    page.get_by_role("button", name="Another time").click()
    flash(page, "Another time is offered to you.")
    assert faults_of(page) == []


def open_ballot(page: Page, selection: str) -> None:
    page.goto(selection)
    page.get_by_label("Last day of the ballot").fill((TODAY + dt.timedelta(days=6)).isoformat())
    page.get_by_role("button", name="Open the ballot").click()
    flash(page, "Open. The staff are told.")


def vote(page: Page, selection: str) -> str:
    """For two of the names. A second time is not offered. The receipt."""
    page.goto(selection)
    page.get_by_role("link", name="Vote").click()
    expect(page.get_by_role("button", name="Put it in the box")).to_be_visible()
    for box in page.locator("main input[type=checkbox]").all()[:2]:
        box.check()
    assert faults_of(page) == []
    page.get_by_role("button", name="Put it in the box").click()
    receipt = page.locator("main code").inner_text()
    assert faults_of(page) == []
    page.get_by_role("link", name="Back to the selection").click()
    flash(page, "You have voted.")
    expect(page.get_by_role("link", name="Vote", exact=True)).to_have_count(0)
    return receipt


def nothing_leaks(page: Page, selection: str, receipt: str) -> None:
    """HR sees that the ballot is open, and nothing of who voted, nor how many."""
    page.goto(selection)
    expect(page.locator("main")).to_contain_text("The ballot is open until")
    expect(page.get_by_role("button", name="Count it")).to_have_count(0)
    page.get_by_role("link", name="Log and rules").click()
    assert receipt not in page.content()


def find_receipt(page: Page, selection: str, receipt: str) -> None:
    page.goto(selection)
    flash(page, "The slate")
    page.get_by_role("link", name="Log and rules").click()
    assert receipt in page.content()
    assert faults_of(page) == []


def score_all(page: Page, selection: str) -> None:
    page.goto(selection)
    page.get_by_role("link", name="Score", exact=True).click()
    expect(page.get_by_role("heading", name="Score the slate")).to_be_visible()
    while (left := page.get_by_role("link", name=re.compile("^Score "))).count():
        left.first.click()
        expect(page.get_by_role("button", name="Keep")).to_be_visible()
        for criterion in page.locator("main fieldset").all():
            criterion.locator("input[value='5']").check()
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("heading", name="Score the slate")).to_be_visible()
    page.get_by_role("button", name="Hand in").click()
    flash(page, "Handed in.")
    assert faults_of(page) == []


def decide(page: Page, selection: str, chosen: str) -> None:
    """One of the slate, with the reason that the staff read."""
    page.goto(selection)
    page.get_by_label(chosen, exact=True).check()
    page.get_by_label("Why", exact=True).fill("The staff wanted her, and we see why.")
    assert faults_of(page) == []
    page.get_by_role("button", name="Write down the decision").click()
    flash(page, f"The panel chose {chosen}.")


def to_register(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Succession").click()
    expect(page.get_by_role("heading", name="Succession", level=1)).to_be_visible()


def ending(page: Page) -> int:
    """Terms that end within two years, as the exposure report counts them."""
    to_register(page)
    counted = page.get_by_role("list", name="Positions by what is missing").inner_text()
    found = re.search(r"within 24 months\s+(\d+)", counted)
    assert found is not None
    return int(found[1])


def appoint(page: Page, selection: str, chosen: str, *, partner: dict[str, str]) -> None:
    """From the day on which the holder's term is over, together with a physician."""
    page.goto(selection)
    assert page.get_by_label("First day").input_value()
    page.get_by_label("Leads the unit together with").fill(partner["email"])
    page.get_by_role("button", name=f"Appoint {chosen}").click()
    flash(page, "Appointed. The term is on record.")
    assert faults_of(page) == []


def they_lead(page: Page, url: str, chosen: str, *, partner: dict[str, str]) -> None:
    """The term is on record, and the partnership in its register."""
    page.goto(url)
    flash(page, f"Held by {chosen} until")
    from_the_account(page, "Partnerships")
    row = page.locator("main").get_by_role("listitem").or_(page.locator("main tbody tr"))
    expect(row.filter(has_text=chosen).filter(has_text=partner["name"]).first).to_be_visible()


def begin_onboarding(page: Page, chosen: str, title: str) -> None:
    """Who leads anew without an onboarding is proposed; begun, it has its three years."""
    from_the_account(page, "Onboarding")
    proposed = page.locator("main ul.due").get_by_role("listitem").filter(has_text=chosen)
    proposed.get_by_role("link", name="Begin").click()
    expect(page.get_by_label("Appointed to")).to_have_value(title)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(chosen)
    assert faults_of(page) == []
