"""Commands for who may use the desk: the first officer, and the way back in when nobody is left who could help."""

import sys
from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from directory.accounts.invitations import JOIN, issue_invitation
from directory.accounts.operations import add_officer, officer_address, reset
from directory.accounts.queries import credentials_at, officers
from directory.accounts.rules import LINK_DAYS, OfficerExists, OfficerStateRefused, Purpose, Role
from directory.checks.links import LinkSigner
from directory.clock import now
from directory.people.addresses import AddressInvalid
from directory.web.extensions import current_settings, db
from directory.web.transaction import transaction

officer = AppGroup("officer", help="Who may use the desk.")

BY = "command"


@officer.command("create")
@click.option("--email", required=True, help="Their own work address.")
@click.option("--name", required=True, help="What others call them.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they may do.")
def create(email: str, name: str, role: str) -> None:
    """Add an officer, and print the link by which they choose what they sign in with. No mail is sent."""
    try:
        with transaction() as session:
            officer_id = add_officer(session, name=name, email=email, role=Role(role), by=BY, now=now())
            invitation_id = issue_invitation(session, officer_id, Purpose.INVITE, now=now())
    except AddressInvalid as error:
        sys.exit(f"This is not one email address: {error}")
    except OfficerExists:
        sys.exit("There is an officer with this address: `officer list` shows all, `officer reset` gives a new start.")
    _show(invitation_id)


@officer.command("reset")
@click.argument("email")
def reset_officer(email: str) -> None:
    """Take away what an officer signs in with, and print the link by which they choose anew."""
    try:
        with transaction() as session:
            invitation_id = reset(session, _id_of(session, email), by=BY, now=now(), is_mailed=False)
    except OfficerStateRefused:
        sys.exit("This officer is disabled: a manager enables them at the desk first.")
    _show(invitation_id)


@officer.command("list")
def list_officers() -> None:
    """List who may use the desk."""
    for held in officers(db.session()):
        last = f"signed in {held.last_signed_in_at:%Y-%m-%d}" if held.last_signed_in_at else "never signed in"
        click.echo(f"{held.email}  {held.role.value}, {held.state.value}, {last}  {held.name}")


def _id_of(session: Session, email: str) -> UUID:
    try:
        found = credentials_at(session, officer_address(email))
    except AddressInvalid as error:
        sys.exit(f"This is not one email address: {error}")
    if found is None:
        sys.exit("There is no officer with this address: `officer list` shows all.")
    return found.officer_id


def _show(invitation_id: str) -> None:
    settings = current_settings()
    token = LinkSigner(settings.link_keys, JOIN).token(invitation_id)
    click.echo(
        f"The site is taken to be at {settings.public_origin}. If it is not, set PUBLIC_ORIGIN for this command."
    )
    click.echo(f"Give them this link; it works once, within {LINK_DAYS} days:")
    click.echo(f"{settings.public_origin}/j/{token}")
