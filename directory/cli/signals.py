"""Commands that look for signs that an entry may be wrong."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from directory.clock import now
from directory.signals.duplicates import check_duplicates
from directory.signals.jobs import looker
from directory.signals.numbers import check_numbers
from directory.signals.register import RegisterUnreadable, import_register
from directory.signals.websites import look_at_due, record_looks
from directory.web.extensions import current_settings, db
from directory.web.transaction import transaction

signals = AppGroup("signals", help="Signs that an entry may be wrong: they become tasks, and change no entry.")


@signals.command("websites")
@click.option("--most", default=50, show_default=True, help="How many links to look at.")
def websites(most: int) -> None:
    """Look at links of public entries that are due."""
    seen = look_at_due(db.session(), now(), looker(current_settings().public_origin), most=most)
    with transaction() as session:
        record_looks(session, seen, now())
    for url, fetched in seen.found.items():
        click.echo(f"{fetched.status.value}\t{url}" + (f"\t→ {fetched.moved_to}" if fetched.moved_to else ""))
    failing = sum(fetched.status.is_failure for fetched in seen.found.values())
    click.echo(f"Looked at {len(seen.found)} links; {failing} did not work.")


@signals.command("numbers")
def numbers() -> None:
    """Look for public numbers that cannot be rung."""
    with transaction() as session:
        click.echo(f"Numbers that cannot be rung: {check_numbers(session, now())}.")


@signals.command("duplicates")
def duplicates() -> None:
    """Look for entries that are likely to be one."""
    with transaction() as session:
        click.echo(f"Pairs that are likely to be one: {check_duplicates(session, now())}.")


@signals.command("register")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def register(file: Path) -> None:
    """Compare charities with FILE, the Charity Commission's extract of its register (.txt or .json)."""
    try:
        with transaction() as session:
            report = import_register(session, file, now())
    except RegisterUnreadable as error:
        sys.exit(f"This is not the register's extract: {error}")
    click.echo(f"Charities of ours in the file: {report.found}. Removed: {report.removed}. Renamed: {report.renamed}.")
    if report.missing:
        click.echo(f"Not in the file: {', '.join(report.missing)}.")
