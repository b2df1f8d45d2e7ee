"""Commands that show and decide what waits, for whoever has a terminal and not the desk."""

import sys
from collections.abc import Collection
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from directory.changes.operations import add_proposed, approve, decline
from directory.changes.queries import change_view, waiting_changes
from directory.changes.rules import HowChecked, UnitUnknown
from directory.changes.views import ChangeView
from directory.cli.change_words import line_of, page_of, refusal_in_words
from directory.clock import now, today
from directory.errors import DomainError
from directory.organisations.units import Path
from directory.taxonomy.queries import load_taxonomy
from directory.web.emails.writer import reading_in
from directory.web.extensions import db
from directory.web.locale import ENGLISH
from directory.web.names import Names
from directory.web.transaction import transaction
from directory.web.unit_words.titles import unit_title
from directory.web.unit_words.values import UnitWords

changes = AppGroup("changes", help="What organisations and others propose, waiting for a decision.")

BY = "command"
UNIT = click.option(
    "--unit", "numbers", multiple=True, type=int, help="Only this unit, by its number; may be repeated."
)


@changes.command("list")
def list_changes() -> None:
    """List what waits, the worst first."""
    waiting = waiting_changes(db.session(), today=today())
    for view in waiting:
        click.echo(line_of(view))
    click.echo(f"{len(waiting)} waiting.")


@changes.command("show")
@click.argument("change_id", type=click.UUID)
def show(change_id: UUID) -> None:
    """Show one change: what was, what is now, what is to be."""
    view, names = _view(change_id), Names(load_taxonomy(db.session()), ENGLISH.code)
    with reading_in(current_app, ENGLISH):
        lines = list(page_of(view, UnitWords(names, view.records, today())))
    for line in lines:
        click.echo(line)


@changes.command("approve")
@click.argument("change_id", type=click.UUID)
@click.option("--revision", type=int, help="The revision of the entry that you saw; without it, the one of now.")
@click.option(
    "--how-checked",
    type=click.Choice([how.value for how in HowChecked]),
    help="How you checked numbers, links and the like.",
)
@click.option("--as-draft", is_flag=True, help="Add a new organisation without making it public.")
@UNIT
def approve_command(
    change_id: UUID, revision: int | None, how_checked: str | None, numbers: tuple[int, ...], *, as_draft: bool
) -> None:
    """Make a change public, whole or some of its units."""
    view = _view(change_id)
    how = HowChecked(how_checked) if how_checked else None
    seen = view.revision if revision is None else revision
    try:
        with transaction() as session:
            if view.organisation_id is None:
                approval = add_proposed(session, change_id, by=BY, now=now(), how_checked=how, as_draft=as_draft)
            else:
                units = _units(view, numbers)
                approval = approve(session, change_id, revision=seen, by=BY, now=now(), how_checked=how, units=units)
    except DomainError as error:
        sys.exit(refusal_in_words(error, view.records))
    changed = "; ".join(unit_title(difference.path, view.records) for difference in approval.differences)
    click.echo(f"Approved: {changed or 'the entry said so already'}. The entry is at revision {approval.revision}.")


@changes.command("decline")
@click.argument("change_id", type=click.UUID)
@click.option("--reason", required=True, help="Why: it is sent to whoever proposed it.")
@UNIT
def decline_command(change_id: UUID, reason: str, numbers: tuple[int, ...]) -> None:
    """Leave the entry as it is, and say why."""
    view = _view(change_id)
    try:
        with transaction() as session:
            decline(session, change_id, reason=reason, by=BY, now=now(), units=_units(view, numbers))
    except DomainError as error:
        sys.exit(refusal_in_words(error, view.records))
    click.echo("Declined.")


def _view(change_id: UUID) -> ChangeView:
    try:
        return change_view(db.session(), change_id, today=today())
    except DomainError:
        sys.exit("There is no such change: `changes list` shows what waits.")


def _units(view: ChangeView, numbers: Collection[int]) -> list[Path] | None:
    """The paths of the units with these numbers; None, which means all, where none is named."""
    known = {unit.number: unit.difference.path for unit in view.units}
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise UnitUnknown(", ".join(map(str, unknown)))
    return [known[number] for number in numbers] or None
