"""The whole loop that keeps an entry current, as its people meet it: mail, link, change, decision, public page, search."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.databases import Databases
from tests.journeys.looking_over import AXE, look_over
from tests.journeys.mailed_site import Site, due_today, mailed_site
from tests.journeys.visitor import COMPUTER, PHONE, Visitor

OLD, NEW = "020 8489 1000", "020 8489 2000"


@pytest.fixture
def site(databases: Databases, tmp_path: Path) -> Iterator[Site]:
    with mailed_site(databases.filled(due_today), tmp_path) as site:
        yield site


@pytest.fixture
def visitors(browser: Browser, site: Site) -> Iterator[dict[str, Visitor]]:
    """Who keeps the entry, on a phone and without scripts; and somebody who looks for help."""
    made = {
        "keeper": Visitor(browser, site.origin, viewport=PHONE, java_script_enabled=False),
        "reader": Visitor(browser, site.origin, viewport=COMPUTER),
    }
    yield made
    for visitor in made.values():
        visitor.leave()


def send(visitor: Visitor) -> None:
    visitor.follow(visitor.page.locator("main button[type=submit]:not([aria-hidden])").last)


def test_from_the_mail_to_the_public_page(site: Site, visitors: dict[str, Visitor]) -> None:
    keeper, reader = visitors["keeper"], visitors["reader"]
    site.run("tick")
    link = site.newest_link()
    keeper.open(link)
    assert OLD in keeper.text
    keeper.page.get_by_label("Something has changed").check()
    keeper.page.get_by_label("Your name").fill("Ayla Demir")
    keeper.page.get_by_label("What you do there").fill("Manager")
    send(keeper)
    keeper.page.locator("input[name$=-number]").fill(NEW)
    keeper.page.locator("input[name$=-number]").press("Enter")
    keeper.page.wait_for_url("**/review")
    assert "It will say" in keeper.text
    assert NEW in keeper.text
    send(keeper)
    assert "Waiting for us to look at it" in keeper.text

    reader.open("/organisations/harbour")
    assert OLD in reader.text
    assert "that this has changed. We are checking." in reader.text

    (waiting,) = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", site.run("changes", "list"))
    site.run("changes", "approve", waiting, "--how-checked", "rang_old_number")
    site.run("tick")
    keeper.open(link)
    assert "We approved it on" in keeper.text
    assert site.newest_link() == link, "the mail about the decision leads to the same page"

    reader.open("/organisations/harbour")
    assert NEW in reader.text
    assert "Confirmed by the organisation" in reader.text
    reader.open("/")
    reader.search("Harbour Advice")
    assert NEW in reader.text


def test_confirming_takes_three_actions_the_second_time(site: Site, visitors: dict[str, Visitor]) -> None:
    keeper = visitors["keeper"]
    site.run("tick")
    keeper.open(site.newest_link())
    keeper.page.get_by_label("All of this is correct").check()
    keeper.page.get_by_label("Your name").fill("Ayla Demir")
    keeper.page.get_by_label("What you do there").fill("Manager")
    send(keeper)
    assert "You told us that all of it is correct." in keeper.text
    keeper.open("/organisations/harbour/update")
    keeper.page.wait_for_timeout(3_100)  # nobody reads a form in less, and the form knows
    send(keeper)
    assert "the link is on its way" in keeper.text
    site.run("tick")
    keeper.open(site.newest_link())
    keeper.page.get_by_label("All of this is correct").check()
    send(keeper)
    assert "You told us that all of it is correct." in keeper.text


def test_trust_1_browsers_that_open_the_link_change_nothing(browser: Browser, site: Site) -> None:
    site.run("tick")
    link, before = site.newest_link(), site.dump()
    for agent in ("Mozilla/5.0 (compatible; mail scanner)", "curl/8.0", "Mozilla/5.0 (iPhone) Mobile"):
        visitor = Visitor(browser, site.origin, user_agent=agent)
        for below in ("", "/edit", "/review", "/part", "/person", "/notice", "/new-link"):
            visitor.open(f"{link}{below}")
        assert not visitor.kept()
        visitor.leave()
    assert site.dump() == before


def test_everyone_can_use_the_pages_of_a_link(browser: Browser, site: Site) -> None:
    site.run("tick")
    link = site.newest_link()
    visitor = Visitor(browser, site.origin)
    visitor.context.add_init_script(path=AXE)
    for page, below in enumerate(("", "/edit/contact", "/review", "/part", "/person", "/notice", "/new-link")):
        for number, language in enumerate(("en", "ar"), start=page):
            visitor.open(f"{link}{below}?lang={language}")
            look_over(visitor, number)
    assert not visitor.kept()
    visitor.leave()
