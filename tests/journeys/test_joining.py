"""Somebody joins the desk, in a browser: from the mailed invitation to signing in again; and everyone can use the pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser

from tests.databases import Databases
from tests.journeys.looking_over import AXE, look_over
from tests.journeys.mailed_site import Site, mailed_site
from tests.journeys.test_desk import press, sign_in, with_an_officer
from tests.journeys.visitor import PHONE, Visitor

PASSPHRASE = "seven green kettles on the moon"
INVITED = "zoe@council.example"


@pytest.fixture
def site(databases: Databases, tmp_path: Path) -> Iterator[Site]:
    with mailed_site(databases.filled(with_an_officer), tmp_path) as site:
        yield site


def invite(manager: Visitor) -> None:
    manager.open("/desk/people/new")
    manager.page.get_by_label("Name").fill("Zoë Nowak")
    manager.page.get_by_label("Work email address").fill(INVITED)
    manager.page.get_by_label("Viewer").check()
    press(manager, "Send the invitation")
    assert "The link is on its way" in manager.text


def mailed_link(site: Site) -> str:
    site.run("tick")
    (message,) = [message for message in site.mailbox.messages if message["To"] == INVITED]
    body = message.get_body(("plain",))
    assert body is not None
    (line,) = re.findall(rf"^{site.origin}(/j/\S+)\r?$", body.get_content(), re.MULTILINE)
    return str(line)


def scan(visitor: Visitor) -> str:
    """The code that an app would show that has the key of the page."""
    return pyotp.TOTP(visitor.page.locator(".code-key").inner_text().replace(" ", "")).now()


def test_an_invited_officer_joins_and_signs_in_without_scripts(browser: Browser, site: Site) -> None:
    manager = Visitor(browser, site.origin)
    sign_in(manager)
    invite(manager)
    zoe = Visitor(browser, site.origin, viewport=PHONE, java_script_enabled=False)
    zoe.open(mailed_link(site))
    assert zoe.context.cookies() == []
    zoe.follow(zoe.page.get_by_role("button", name="Start"))
    zoe.page.get_by_label("New passphrase").fill(PASSPHRASE)
    zoe.page.get_by_label("Code", exact=True).fill(scan(zoe))
    press(zoe, "Join the desk")
    codes = zoe.page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    press(zoe, "Sign out")
    zoe.page.get_by_label("Your work email address").fill(INVITED)
    zoe.page.get_by_label("Passphrase").fill(PASSPHRASE)
    zoe.page.get_by_label("Code").fill(codes[3].lower())
    press(zoe, "Sign in")
    zoe.open("/desk/account")
    assert "9 left" in zoe.page.content()
    assert zoe.open("/desk/people").status == 403
    for visitor in (manager, zoe):
        visitor.leave()


def test_everyone_can_use_the_pages_of_accounts(browser: Browser, site: Site) -> None:
    visitor = Visitor(browser, site.origin)
    visitor.context.add_init_script(path=AXE)
    sign_in(visitor)
    invite(visitor)
    pages = ["/desk/people", visitor.page.url.removeprefix(site.origin), "/desk/people/new", "/desk/account"]
    pages += ["/desk/account/passphrase", "/desk/account/recovery-codes", "/desk/nowhere", "/desk/join/x"]
    link = mailed_link(site)
    pages += [link, link.replace("/j/", "/desk/join/"), "/desk/sign-in"]
    for number, page in enumerate(pages):
        visitor.open(page)
        look_over(visitor, number)
    press(visitor, "Sign in")  # with nothing filled in
    look_over(visitor, 0)
    look_over(visitor, 1)
    visitor.leave()
