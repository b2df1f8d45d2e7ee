"""Commands about what is held of people: found, given out, erased."""

import json
import sys
from uuid import UUID

import click
from flask.cli import AppGroup

from directory.clock import now
from directory.people.operations import PersonUnknown
from directory.privacy.erasures import ErasuresUnwritable, list_erasures, listed_erasures
from directory.privacy.holdings import as_json, find_people, held_about
from directory.privacy.operations import OfficerNotDisabled, note_export
from directory.privacy.operations import erase as erase_for_good
from directory.privacy.operations import replay as erase_again
from directory.web.extensions import current_settings, db
from directory.web.transaction import transaction
from directory.web.typed_text import plain

privacy = AppGroup("privacy", help="What is held about people.")

BY = "command"
NOBODY = "There is nobody with such an id: `privacy find` shows the ids."


@privacy.command("find")
@click.argument("words")
def find(words: str) -> None:
    """List people whose name or address holds these words, with their ids."""
    for person in find_people(db.session(), words):
        held = ", ".join(f"{where}: {times}" for where, times in person.referred.items())
        parts = (str(person.id), plain(person.name), plain(person.role), person.email, held)
        click.echo("  ".join(filter(None, parts)))


@privacy.command("export")
@click.argument("ids", type=click.UUID, nargs=-1, required=True)
def export(ids: tuple[UUID, ...]) -> None:
    """Print everything that is held about somebody, as JSON."""
    try:
        with transaction() as session:
            note_export(session, ids, by=BY, now=now())
        holdings = held_about(db.session(), ids)
    except PersonUnknown:
        sys.exit(NOBODY)
    click.echo(json.dumps(as_json(holdings, now()), ensure_ascii=False, indent=2))


@privacy.command("erase")
@click.argument("ids", type=click.UUID, nargs=-1, required=True)
@click.confirmation_option(prompt="This cannot be undone. Erase?")
def erase(ids: tuple[UUID, ...]) -> None:
    """Forget somebody for good, under these ids and all with the same address."""
    moment = now()
    try:
        with transaction() as session:
            erased = erase_for_good(session, ids, by=BY, now=moment)
            list_erasures(current_settings().erasure_log, erased, moment)
    except PersonUnknown:
        sys.exit(NOBODY)
    except OfficerNotDisabled:
        sys.exit("This is an officer. Disable them first, then erase.")
    except ErasuresUnwritable as error:
        sys.exit(f"ERASURE_LOG cannot be written ({error}): nobody was erased.")
    click.echo(f"Erased, under {len(erased)} {'id' if len(erased) == 1 else 'ids'}.")


@privacy.command("replay")
def replay() -> None:
    """After a restore: erase again whom the backup has brought back, and end all links and sessions."""
    listed = listed_erasures(current_settings().erasure_log)
    with transaction() as session:
        people = erase_again(session, listed, by=BY, now=now())
    click.echo(f"Listed: {len(listed)}. Erased again: {people}. All links and sessions have ended.")
