"""A manager brings a spreadsheet in, in a browser without scripts, and everyone can read each page on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.accounts.rules import Role
from directory.database import begin_writing
from tests.databases import Databases
from tests.factories import details, published, put_taxonomy
from tests.journeys.looking_over import AXE, look_over
from tests.journeys.mailed_site import Site, mailed_site
from tests.journeys.test_desk import press, sign_in
from tests.journeys.visitor import Visitor
from tests.officers import add_officer
from tests.seeding import tables

ROWS = (
    "Organisation,Telephone,Site,Help,Opening times\n"
    "Harbour,0800 1111,new.example.org,Counseling,weekdays 9 to 5\n"
    "Kıyı,0800 1111,ftp://x,Counselling,Mo-Fr 09:00-17:00\n"
    "Rıhtım Evi,020 8489 1000,,Counselling,Mo-Fr 09:00-17:00\n"
)


def with_an_officer(engine: Engine) -> None:
    """One entry, and a manager."""
    tables(engine)
    with Session(engine) as session:
        begin_writing(session)
        put_taxonomy(session)
        published(session, details(website="https://harbour.example.org/"))
        add_officer(session, Role.MANAGER, name="mary")
        session.commit()


@pytest.fixture
def site(databases: Databases, tmp_path: Path) -> Iterator[Site]:
    with mailed_site(databases.filled(with_an_officer), tmp_path) as site:
        yield site


def press_and_wait(manager: Visitor, words: str) -> None:
    """Press a button; where the work takes longer than the site waits for it, see how far it is until it is done."""
    press(manager, words)
    while (again := manager.page.get_by_role("link", name="See how far it is now")).count():
        manager.follow(again)


def test_a_spreadsheet_is_brought_in_and_everyone_can_use_its_pages(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(ROWS, encoding="cp1254")
    manager = Visitor(browser, site.origin)
    manager.context.add_init_script(path=AXE)
    sign_in(manager)
    manager.open("/desk/export")
    look_over(manager, 0)
    manager.open("/desk/import")
    look_over(manager, 1)
    manager.page.get_by_label("Choose a file").set_input_files(file)
    press_and_wait(manager, "Check the file")
    look_over(manager, 2)
    manager.page.get_by_label("Where does the file come from?").fill("A list, June 2026")
    manager.page.get_by_label("Opening times").select_option(label="Opening hours")
    manager.page.get_by_label("Help", exact=True).select_option(label="Kinds of service")
    manager.page.get_by_label("Site", exact=True).select_option(label="Website")
    press_and_wait(manager, "Check the rows")
    expect(manager.page.get_by_role("heading", level=1)).to_have_text("What the file would change")
    look_over(manager, 3)
    manager.page.get_by_label("“Counseling”").select_option(label="Counselling")
    press_and_wait(manager, "Use these meanings")
    expect(manager.page.get_by_role("heading", level=1)).to_have_text("What the file would change")
    manager.follow(manager.page.get_by_role("link", name="Say what they are"))
    look_over(manager, 4)
    manager.page.get_by_label("It is our entry \u2068Harbour\u2069").check()
    press_and_wait(manager, "Keep this")
    manager.follow(manager.page.get_by_role("link", name="Would change our entry: 1"))
    assert "new.example.org" in manager.text
    look_over(manager, 5)
    manager.page.go_back()
    manager.page.get_by_label("Everything becomes changes that wait for approval").check()
    manager.page.get_by_label("Leave out what has something wrong").check()
    press_and_wait(manager, "Go on")
    expect(manager.page.get_by_role("heading", level=1)).to_have_text("Done")
    look_over(manager, 6)
    assert "Waits for approval: 2" in manager.text
    manager.leave()
