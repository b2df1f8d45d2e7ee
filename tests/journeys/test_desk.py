"""Officers at the desk, in a browser: from an organisation's link to the answer that it gets, and with four keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pyotp
import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory import clock
from directory.accounts.rules import Role
from directory.changes.operations import propose
from directory.changes.queries import load_entry
from directory.changes.rules import Origin
from directory.database import begin_writing
from directory.organisations.models import OrganisationRow
from directory.people.operations import remember_person
from directory.web.extensions import db
from tests.databases import Databases
from tests.factories import with_service
from tests.journeys.looking_over import AXE, look_over
from tests.journeys.mailed_site import Site, due_today, mailed_site
from tests.journeys.visitor import COMPUTER, PHONE, Visitor
from tests.officers import CODE_SECRET, PASSPHRASE, add_officer

OLD, NEW = "020 8489 1000", "020 7946 0958"


def with_an_officer(engine: Engine) -> None:
    """An entry that is due, and somebody who can sign in to the desk."""
    due_today(engine)
    with Session(engine) as session:
        begin_writing(session)
        add_officer(session, Role.MANAGER, name="mary")
        session.commit()


@pytest.fixture
def site(databases: Databases, tmp_path: Path) -> Iterator[Site]:
    with mailed_site(databases.filled(with_an_officer), tmp_path) as site:
        yield site


@dataclass(frozen=True, slots=True)
class People:
    """Who keeps the entry, on a phone; an officer; somebody who looks for help."""

    keeper: Visitor
    officer: Visitor
    reader: Visitor


@pytest.fixture
def people(browser: Browser, site: Site) -> Iterator[People]:
    made = People(
        Visitor(browser, site.origin, viewport=PHONE, java_script_enabled=False),
        Visitor(browser, site.origin, viewport=COMPUTER),
        Visitor(browser, site.origin, viewport=COMPUTER),
    )
    yield made
    for visitor in (made.keeper, made.officer, made.reader):
        visitor.leave()


def press(visitor: Visitor, words: str) -> None:
    visitor.follow(visitor.page.get_by_role("button", name=words, exact=True).last)


def sign_in(officer: Visitor, email: str = "mary@council.example") -> None:
    officer.open("/desk/")
    officer.page.get_by_label("Your work email address").fill(email)
    officer.page.get_by_label("Passphrase").fill(PASSPHRASE)
    officer.page.get_by_label("Code").fill(pyotp.TOTP(CODE_SECRET).now())
    press(officer, "Sign in")
    assert "What needs you" in officer.text


def answer_by_link(site: Site, keeper: Visitor) -> None:
    """The organisation says that its number and its name are other ones."""
    site.run("tick")
    keeper.open(site.newest_link())
    keeper.page.get_by_label("Something has changed").check()
    keeper.page.get_by_label("Your name").fill("Ayla Demir")
    keeper.page.get_by_label("What you do there").fill("Manager")
    press(keeper, "Continue")
    keeper.page.locator("#name").fill("Harbour House")
    keeper.page.locator("input[name$=-number]").fill(NEW)
    keeper.page.locator("input[name$=-number]").press("Enter")
    keeper.page.wait_for_url("**/review")
    press(keeper, "Send")


def proposed(site: Site, description: str) -> UUID:
    """A change of what the first service does, as an organisation would send it."""
    with site.app.app_context():
        session = db.session()
        entry = load_entry(session, session.scalars(select(OrganisationRow.id)).one())
        begin_writing(session)
        person = remember_person(session, name="Ayla Demir", role="Manager", now=clock.now())
        change = propose(
            session,
            entry.id,
            base_revision=entry.revision,
            proposed=with_service(entry.details, description=description),
            origin=Origin.SUGGESTION,
            by="public",
            now=clock.now(),
            person_id=person,
        ).id
        session.commit()
        return change


def test_an_organisation_edits_and_an_officer_decides_field_by_field(site: Site, people: People) -> None:
    keeper, officer, reader = people.keeper, people.officer, people.reader
    answer_by_link(site, keeper)
    link = keeper.page.url.removeprefix(site.origin).removesuffix("/review")
    sign_in(officer)
    officer.follow(officer.page.get_by_role("link", name="1 change waits"))
    for words in (OLD, NEW, "Harbour House", "Ayla Demir, Manager", "Through its own link"):
        assert words in officer.text
    officer.page.locator("section", has_text="Name").get_by_role("checkbox").first.uncheck()
    officer.page.get_by_label("I rang the number that we had").check()
    press(officer, "Decide")
    assert "Some of this change still waits" in officer.text
    officer.page.get_by_role("radio", name="Decline").check()
    officer.page.get_by_label("Why, if you decline").fill("The register has the old name.")
    press(officer, "Decide")
    assert "Nothing waits for a decision." in officer.text

    reader.open("/")
    reader.search("Harbour Advice")
    assert NEW in reader.text
    reader.open("/organisations/harbour")
    assert NEW in reader.text
    assert OLD not in reader.text
    assert "Harbour House" not in reader.text

    site.run("tick")
    assert site.newest_link() == link
    mail = site.mailbox.messages[-1].get_body(("plain",))
    assert mail is not None
    assert "The register has the old name." in mail.get_content()
    keeper.open(link)
    assert "we approved a part of it" in keeper.text


def test_a_change_is_decided_with_four_keys_and_all_of_it_is_in_sight(site: Site, people: People) -> None:
    officer = people.officer
    sign_in(officer)
    first = proposed(site, "Advice on every Friday.")
    officer.open(f"/desk/changes/{first}")
    on_screen = (
        "element => { const at = element.getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight }"
    )
    for locator in (
        officer.page.get_by_text("Ayla Demir, Manager"),
        officer.page.get_by_role("heading", name="Public now"),
        officer.page.locator("ins").first,
        officer.page.get_by_role("button", name="Decide"),
    ):
        assert locator.evaluate(on_screen)
    for key in ("Tab", "Enter", "Space"):
        officer.page.keyboard.press(key)
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    assert "Nothing waits for a decision." in officer.text
    people.reader.open("/organisations/harbour")
    assert "Advice on every Friday." in people.reader.text


def test_everyone_can_use_the_desk(browser: Browser, site: Site) -> None:
    officer = Visitor(browser, site.origin)
    officer.context.add_init_script(path=AXE)
    sign_in(officer)
    change = proposed(site, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2)
    pages = [
        "/desk/",
        "/desk/changes",
        f"/desk/changes/{change}",
        f"/desk/changes/{change}/edit",
        "/desk/tasks",
        "/desk/reports",
        "/desk/reports/board",
        "/desk/reports/gaps",
    ]
    officer.open("/desk/tasks/next")
    pages.append(officer.page.url.removeprefix(site.origin))
    for number, page in enumerate(pages):
        officer.open(page)
        look_over(officer, number)
    officer.leave()
