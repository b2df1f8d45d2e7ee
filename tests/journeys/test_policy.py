"""A manager sets the policy and looks after what is held about people, in a browser; everyone can use the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.databases import Databases
from tests.journeys.looking_over import AXE, look_over
from tests.journeys.mailed_site import Site, mailed_site
from tests.journeys.test_desk import press, sign_in, with_an_officer
from tests.journeys.visitor import COMPUTER, Visitor


@pytest.fixture
def site(databases: Databases, tmp_path: Path) -> Iterator[Site]:
    with mailed_site(databases.filled(with_an_officer), tmp_path) as site:
        yield site


def test_numbers_are_tried_before_they_are_saved_and_enter_saves_nothing(site: Site, browser: Browser) -> None:
    manager = Visitor(browser, site.origin, viewport=COMPUTER, java_script_enabled=False)
    sign_in(manager)
    manager.open("/desk/policy")
    manager.page.get_by_label("Day of the reminder").fill("10")
    with manager.page.expect_navigation():
        manager.page.get_by_label("Day of the reminder").press("Enter")
    assert "Nothing is saved yet." in manager.text
    press(manager, "Change the numbers")
    assert manager.page.get_by_label("Day of the reminder").input_value() == "10"
    press(manager, "Save")
    assert "The policy is saved." in manager.text
    assert "Day of the reminder: 7 days → 10 days" in manager.text
    manager.leave()


def test_everyone_can_use_the_pages_of_policy_privacy_and_the_audit_trail(site: Site, browser: Browser) -> None:
    manager = Visitor(browser, site.origin)
    manager.context.add_init_script(path=AXE)
    sign_in(manager)
    manager.open("/desk/policy")
    look_over(manager, 0)
    press(manager, "See what it would come to")
    look_over(manager, 1)
    press(manager, "Change the numbers")
    manager.page.locator("#link_days").fill("x")
    press(manager, "Save")
    look_over(manager, 2)
    for number, address in enumerate(("/desk/retention", "/desk/audit", "/desk/audit?entry=nowhere"), start=3):
        manager.open(address)
        look_over(manager, number)
    manager.open("/desk/privacy")
    manager.page.get_by_label("Name or email address").fill("example")
    press(manager, "Find")
    look_over(manager, 6)
    manager.page.locator("input[name=id]").first.check()
    press(manager, "Show what is held")
    press(manager, "Erase")
    look_over(manager, 7)
    manager.leave()
