"""Commands that show and change who is asked about entries, until there is a desk for it."""

import sys
from collections.abc import Iterator
from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.checks.contact_changes import waiting_changes
from directory.checks.contacts import Mailbox, decide_contact_change, replace_contact
from directory.checks.queries import contact, contacts_of
from directory.checks.rules import ContactChangeDecided, ContactEnded, ContactUnknown
from directory.clock import now
from directory.organisations.models import SlugRow
from directory.people.addresses import AddressInvalid
from directory.people.operations import person
from directory.web.extensions import db
from directory.web.locale import LANGUAGES
from directory.web.transaction import transaction

contacts = AppGroup("contacts", help="Who is asked about entries.")

BY = "command"


@contacts.command("list")
@click.argument("entry", default="")
def list_contacts(entry: str) -> None:
    """List who is asked about one entry, named as in its address, or about all."""
    session = db.session()
    query = select(SlugRow.organisation_id, SlugRow.slug).where(SlugRow.is_current).order_by(SlugRow.slug)
    found = session.execute(query.where(SlugRow.slug == entry) if entry else query).all()
    if entry and not found:
        sys.exit("There is no such entry: name it as in its address, /organisations/….")
    for organisation_id, slug in found:
        for line in _lines(session, organisation_id):
            click.echo(f"{slug}: {line}")


@contacts.command("replace")
@click.argument("contact_id", type=click.UUID)
@click.argument("email")
@click.option("--name", default="", help="Who reads it.")
@click.option("--role", default="", help="What they do there.")
@click.option("--language", type=click.Choice([held.code for held in LANGUAGES]), help="Without it, as before.")
def replace(contact_id: UUID, email: str, name: str, role: str, language: str | None) -> None:
    """Have another mailbox asked in the place of a contact; both addresses are told."""
    try:
        with transaction() as session:
            spoken = language or contact(session, contact_id).language
            new = Mailbox(email=email, name=name, role=role, language=spoken)
            held = replace_contact(session, contact_id, new, by=BY, now=now()).id
    except ContactEnded:
        sys.exit("This contact was replaced or removed already: see `contacts list`.")
    except ContactUnknown:
        sys.exit("There is no such contact: `contacts list` shows the ids.")
    except AddressInvalid as error:
        sys.exit(f"This is not one email address: {error}")
    click.echo(f"Replaced. The new contact is {held}; both addresses are told.")


@contacts.command("decide")
@click.argument("change_id")
@click.argument("answer", type=click.Choice(["yes", "no"]))
def decide(change_id: str, answer: str) -> None:
    """Say yes or no to a change of contact for an old address at which nobody can."""
    try:
        with transaction() as session:
            decide_contact_change(session, change_id, is_agreed=answer == "yes", by=BY, now=now())
    except ContactChangeDecided:
        sys.exit("It is decided already, too old, or there is no such change: see `contacts list`.")
    click.echo("Changed; both addresses are told." if answer == "yes" else "Nothing changes.")


def _lines(session: Session, organisation_id: UUID) -> Iterator[str]:
    for held in contacts_of(session, organisation_id):
        reader = person(session, held.person_id)
        words = (reader.email or "(no address)", reader.name, reader.role, held.language, held.state.value)
        yield f"{held.id}  {', '.join(filter(None, words))}"
        for change in waiting_changes(session, held.id, now()):
            yield f"  waits for a yes: {change.id}  {', '.join(filter(None, (change.email, change.name, change.role)))}"
