"""A small directory with update contacts and real links, and how they are answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID
from xml.etree.ElementTree import Element

from sqlalchemy import inspect, select, text

from directory import clock
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.issuing import issue_link
from directory.checks.links import LinkSigner
from directory.checks.models import AnswerRow, ContactRow
from directory.checks.rules import Ladder
from directory.organisations.details import OrganisationDetails
from directory.web.extensions import db
from tests.databases import Databases
from tests.page import Page
from tests.web.conftest import LINK_KEY
from tests.web.public.made_directory import MadeDirectory, made_directory

OFFICER = f"officer:{UUID(int=7)}"
SIGNER = LinkSigner([LINK_KEY])
SIGNED = {"name": "Ayla Demir", "role": "Manager"}


class Linked:
    """The directory, with links to its entries."""

    def __init__(self, made: MadeDirectory) -> None:
        self.made = made
        self.pages = made.pages
        self.contacts: dict[UUID, UUID] = {}

    def entry(self, slug: str, details: OrganisationDetails, email: str = "") -> UUID:
        """A public entry with an update contact."""
        identity = self.made.publish(slug, details)
        with self.made.writing() as session:
            box = Mailbox(email=email or f"{slug}@harbour.example.org", language="en")
            self.contacts[identity] = add_contact(session, identity, box, by=OFFICER, now=clock.now()).id
        return identity

    def link(self, identity: UUID, *, issued: datetime | None = None) -> str:
        """The address of a new link of an entry."""
        with self.made.writing() as session:
            row = issue_link(
                session,
                contact_id=self.contacts[identity],
                check_id=None,
                now=issued or clock.now(),
                ladder=Ladder(),
            )
            return address_of(row.id)

    def old_link(self, identity: UUID) -> str:
        """One that has expired."""
        return self.link(identity, issued=clock.now() - timedelta(days=31))

    def answers(self) -> list[tuple[str, UUID]]:
        """The kinds of all answers, and of which entry."""
        with self.made.writing() as session:
            rows = session.scalars(select(AnswerRow).order_by(AnswerRow.at))
            return [(row.kind.value, row.organisation_id) for row in rows]

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything in the database."""
        with self.made.app.app_context():
            names = inspect(db.engine).get_table_names()
            with db.engine.connect() as connection:
                return {
                    name: sorted(map(tuple, connection.execute(text(f'SELECT * FROM "{name}"'))), key=repr)
                    for name in names
                }

    def language(self, identity: UUID, code: str) -> None:
        """The contact of an entry reads another language."""
        with self.made.writing() as session:
            contact = session.get(ContactRow, self.contacts[identity])
            assert contact is not None
            contact.language = code


def address_of(link_id: str) -> str:
    return f"/u/{SIGNER.token(link_id)}"


def inputs(page: Page) -> dict[str, list[str]]:
    """What a browser would send of the page's only form, with no button pressed."""
    return inputs_of(page.tree)


def inputs_of(tree: Element) -> dict[str, list[str]]:
    """The same of a page that is only parsed."""
    sent: dict[str, list[str]] = {}
    for element in tree.iter():
        name, kind = element.attrib.get("name", ""), element.attrib.get("type", "")
        chosen = kind not in {"radio", "checkbox"} or "checked" in element.attrib
        if element.tag == "input" and name and chosen:
            sent.setdefault(name, []).append(element.attrib.get("value", ""))
        elif element.tag == "textarea":
            sent.setdefault(name, []).append((element.text or "").removeprefix("\n"))
        elif element.tag == "select":
            options = [option for option in element.iter("option") if "selected" in option.attrib]
            sent.setdefault(name, []).extend(option.attrib["value"] for option in options)
    return sent


@contextmanager
def linked_directory(databases: Databases, folder: Path) -> Iterator[Linked]:
    with made_directory(databases, folder) as made:
        yield Linked(made)
