"""The nastiest strings in a real browser: typed, linked, chosen, stored in an entry; nothing runs, nothing complains.

`SOAK=1` types and links all of them.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory import clock
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.issuing import issue_link
from directory.checks.links import LinkSigner
from directory.checks.rules import Ladder
from directory.organisations.details import Notice, OrganisationDetails, ServiceDetails
from directory.organisations.validity import violations
from tests.factories import details, location, published, put_taxonomy, service
from tests.journeys.visitor import Visitor
from tests.server import KEY, served
from tests.web.hostile import MARK, SCRIPTS

TYPABLE = [string for string in SCRIPTS if "\x00" not in string]
NASTIEST = TYPABLE if os.environ.get("SOAK") else TYPABLE[:12]
STORED = [" ".join(string.replace("\u202e", "").replace("\u202c", "").split()) for string in TYPABLE]
WATCH = f"window.{MARK} = () => console.error('it ran')"


@pytest.mark.parametrize("part", range(3))
def test_nothing_that_is_typed_or_linked_runs(visitor: Visitor, part: int) -> None:
    visitor.context.add_init_script(WATCH)
    for string in NASTIEST[part::3]:
        linked = quote(string)
        for path in (
            f"/search?q={linked}&near={linked}&ground={linked}&s=",
            f"/ar/search?q={linked}&o={linked}&literal=1",
            f"/list?o={linked}",
            f"/organisations/{quote(string, safe='')}",
        ):
            visitor.open(path)
            assert visitor.page.url.startswith(f"{visitor.origin}/")
        visitor.open("/")
        visitor.search(string)
        assert visitor.page.locator("#q").input_value() == " ".join(string.split())
        visitor.page.locator("#q").focus()
        visitor.page.mouse.move(100, 100)
        assert MARK not in visitor.page.url
    assert visitor.problems == []
    assert visitor.foreign_requests() == []


def test_the_trap_works(visitor: Visitor) -> None:
    visitor.context.add_init_script(WATCH)
    visitor.open("/")
    visitor.page.evaluate(f"{MARK}()")
    assert visitor.problems == ["console: it ran"]
    visitor.problems.clear()


def told(string: str) -> ServiceDetails:
    """A service whose every word is this string."""
    return service(
        name=string,
        description=string,
        eligibility=string,
        tenants_of=string,
        how_to_get_help=string,
        how_to_refer=string,
        hours_note=string,
        cost=string,
        access_note=string,
        takes_reports=True,
        after_reporting=string,
        perpetrators=string,
        phones=(replace(service().phones[0], label=string, hours_note=string),),
    )


def hostile_entry() -> OrganisationDetails:
    """An entry with all of them, each in every field that holds words."""
    first = STORED[0]
    place = location(id=uuid4(), name=first, address=(first, STORED[1]), town=STORED[2], postcode="N15 3QL")
    services = tuple(told(string) for string in STORED)
    return details(
        replace(services[0], locations=(place.id,)),
        *services[1:],
        name=STORED[3],
        other_names=tuple(STORED),
        description="\n\n".join(STORED),
        charity_number=first,
        notice=Notice(text=first, until=clock.today().replace(year=clock.today().year + 1)),
        locations=(place,),
    )


@pytest.fixture
def link(own_engine: Engine) -> str:
    """A link to that entry."""
    with Session(own_engine) as session:
        put_taxonomy(session)
        identity = published(session, hostile_entry())
        held = add_contact(session, identity, Mailbox(email="a@b.example", language="en"), by="test", now=clock.now())
        made = issue_link(session, contact_id=held.id, check_id=None, now=clock.now(), ladder=Ladder()).id
        session.commit()
    return f"/u/{LinkSigner([KEY]).token(made)}"


@pytest.fixture
def reader(browser: Browser, own_engine: Engine, link: str, tmp_path: Path) -> Iterator[Visitor]:
    with served(own_engine.url.render_as_string(hide_password=False), tmp_path) as server:
        reader = Visitor(browser, server.origin)
        yield reader
        reader.leave()


def test_trust_18_nothing_that_an_organisation_has_written_runs(reader: Visitor, link: str) -> None:
    assert not violations(hostile_entry())
    reader.context.add_init_script(WATCH)
    for path in (
        "/organisations/harbour",
        "/ar/organisations/harbour",
        "/list?o=harbour",
        "/search?ground=race",
        "/search?q=script",
        "/report",
        link,
        f"{link}?lang=ar",
        f"{link}/edit",
        f"{link}/notice",
        f"{link}/part",
        f"{link}/contact",
    ):
        reader.open(path)
        assert MARK in reader.text or path.startswith(("/report", "/search"))
        reader.page.mouse.move(100, 100)
    assert reader.problems == []
    assert reader.foreign_requests() == []
