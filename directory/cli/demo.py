"""Commands for trying the site out on a machine of one's own."""

import sys

import click
from flask.cli import AppGroup

from directory.checks.demo import add_demo_contacts
from directory.clock import now
from directory.web.extensions import current_settings
from directory.web.transaction import transaction

demo = AppGroup("demo", help="Trying it out: only where DEVELOPMENT is 1.")


@demo.command("contacts")
@click.option("--mailboxes", default=6, show_default=True, help="How many mailboxes are asked at once.")
def contacts(mailboxes: int) -> None:
    """Give every organisation without an update contact one at `.example`, and ask some of them now."""
    if not current_settings().development:
        sys.exit("DEVELOPMENT is not 1: made-up contacts have no place in a directory that people use.")
    with transaction() as session:
        report = add_demo_contacts(session, by="command", now=now(), mailboxes=mailboxes)
    click.echo(f"Made-up update contacts: {report.contacts} added. Organisations asked now: {report.asked}.")
