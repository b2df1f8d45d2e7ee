"""An officer keeps an entry, in a browser: edits it, goes back to what it was yesterday; and everyone can use the pages."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from directory import clock
from directory.changes.editing import edit
from directory.changes.queries import load_entry
from directory.changes.rules import HowChecked
from directory.database import begin_writing
from directory.organisations.details import Phone
from directory.organisations.models import OrganisationRow
from directory.web.extensions import db
from tests.databases import Databases
from tests.factories import details, published, with_service
from tests.journeys.looking_over import AXE, look_over
from tests.journeys.mailed_site import OFFICER, Site, mailed_site
from tests.journeys.test_desk import OLD, press, sign_in, with_an_officer
from tests.journeys.visitor import COMPUTER, Visitor

YESTERDAYS, WRONG = "020 7946 0958", "020 7946 0000"


@pytest.fixture
def site(databases: Databases, tmp_path: Path) -> Iterator[Site]:
    with mailed_site(databases.filled(with_an_officer), tmp_path) as site:
        yield site


def entry_of(site: Site) -> UUID:
    with site.app.app_context():
        return db.session.scalars(select(OrganisationRow.id)).one()


def edited_yesterday(site: Site) -> UUID:
    """The entry, which somebody gave another number yesterday."""
    with site.app.app_context():
        session = db.session()
        entry = load_entry(session, session.scalars(select(OrganisationRow.id)).one())
        begin_writing(session)
        edit(
            session,
            entry.id,
            version=entry.version,
            details=with_service(entry.details, phones=(Phone(number="+442079460958"),)),
            how_checked=HowChecked.WEBSITE,
            by=OFFICER,
            now=clock.now() - timedelta(days=1),
        )
        session.commit()
        return entry.id


def test_yesterdays_revision_is_restored(site: Site, browser: Browser) -> None:
    identity = edited_yesterday(site)
    manager = Visitor(browser, site.origin, viewport=COMPUTER, java_script_enabled=False)
    reader = Visitor(browser, site.origin, viewport=COMPUTER)
    sign_in(manager)

    manager.open("/desk/entries")
    manager.page.get_by_label("Name, address of its page, or number").fill("harbour")
    press(manager, "Show")
    manager.follow(manager.page.get_by_role("link", name="Harbour Advice"))
    manager.follow(manager.page.get_by_role("link", name="Edit it"))
    manager.page.locator("input[name$=-number]").fill(WRONG)
    press(manager, "Continue")
    assert WRONG in manager.text
    assert YESTERDAYS in manager.text
    manager.page.get_by_label("their own website says so").check()
    press(manager, "Publish")
    assert "The public sees it now" in manager.text
    reader.open("/organisations/harbour")
    assert WRONG in reader.text

    manager.follow(manager.page.get_by_role("link", name="History"))
    manager.follow(manager.page.get_by_role("link", name=re.compile(r"Go back to it.*revision 2")))
    assert YESTERDAYS in manager.text
    manager.page.get_by_label("their own website says so").check()
    press(manager, "Go back to revision 2")
    assert "says again what it said then" in manager.text
    reader.open("/organisations/harbour")
    assert YESTERDAYS in reader.text
    assert WRONG not in reader.text
    assert OLD not in reader.text
    reader.open("/")
    reader.search("Harbour Advice")
    assert YESTERDAYS in reader.text
    assert str(identity) in manager.page.url
    manager.leave()
    reader.leave()


def test_everyone_can_use_the_pages_of_entries(browser: Browser, site: Site) -> None:
    manager = Visitor(browser, site.origin)
    manager.context.add_init_script(path=AXE)
    sign_in(manager)
    identity = edited_yesterday(site)
    entry = f"/desk/entries/{identity}"
    with site.app.app_context():
        begin_writing(db.session())
        twin = details(name="Harbour Advice House", description="Advice for people in Tottenham.")
        other = published(db.session(), twin, slug="harbour-house")
        db.session.commit()
        contact = db.session.execute(select(db.metadata.tables["contact"].c.id)).scalar_one()
    of_entry = (
        "call",
        "compare?from=1&to=2",
        "contacts/new",
        f"contacts/{contact}",
        "edit",
        "edit/contact",
        "hide",
        "history",
        "inclusion",
        "join",
        f"join/{other}",
        "keeping",
        "preview",
        "restore/1",
        "slug",
        "source-check",
    )
    pages = [
        "/desk/entries",
        "/desk/entries?state=hidden",
        f"/desk/entries/chosen?act=pause&e={identity}",
        "/desk/entries/new",
        "/desk/entries/not-listed",
        entry,
        *(f"{entry}/{page}" for page in of_entry),
    ]
    for number, page in enumerate(pages):
        manager.open(page)
        look_over(manager, number)
    manager.open(f"{entry}/edit/contact")
    manager.page.locator("input[name$=-number]").fill(WRONG)
    press(manager, "Continue")
    assert manager.page.get_by_role("heading", name="What changes").is_visible()
    look_over(manager, 0)
    for page, button in (("call", "Log this call"), ("keeping", "Pause"), (f"join/{other}", "Make them one")):
        manager.open(f"{entry}/{page}")
        press(manager, button)
        assert "There is a problem" in manager.text
        look_over(manager, 1)
    manager.leave()
