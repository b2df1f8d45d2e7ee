"""Commands for trying the site out on a machine of one's own."""

import sys

import click
from flask.cli import AppGroup

from directory.accounts.demo import DEMO, demo_link
from directory.accounts.keys import AccountKeys
from directory.checks.demo import add_demo_contacts
from directory.checks.links import LinkSigner
from directory.clock import now
from directory.web.extensions import current_settings
from directory.web.transaction import transaction

demo = AppGroup("demo", help="Trying it out: only where DEVELOPMENT is 1.")


@demo.command("contacts")
@click.option("--mailboxes", default=6, show_default=True, help="How many mailboxes are asked at once.")
def contacts(mailboxes: int) -> None:
    """Give every organisation without an update contact one at `.example`, and ask some of them now."""
    _refuse_in_use("made-up contacts have")
    with transaction() as session:
        report = add_demo_contacts(session, by="command", now=now(), mailboxes=mailboxes)
    click.echo(f"Made-up update contacts: {report.contacts} added. Organisations asked now: {report.asked}.")


@demo.command("sign-in")
def sign_in() -> None:
    """Print a link that signs a made-up manager in to the desk, once."""
    _refuse_in_use("a door without a key has")
    settings = current_settings()
    with transaction() as session:
        link_id = demo_link(session, keys=AccountKeys(settings.secret_key), by="command", now=now())
    click.echo(f"{settings.public_origin}/desk/demo/{LinkSigner(settings.link_keys, DEMO).token(link_id)}")


def _refuse_in_use(what: str) -> None:
    if not current_settings().development:
        sys.exit(f"DEVELOPMENT is not 1: {what} no place in a directory that people use.")
