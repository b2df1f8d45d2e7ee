"""The commands of `flask --app wsgi`: each opens a session, calls one operation and prints what came of it."""

import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from directory import schedule
from directory.clock import now
from directory.config import ROOT
from directory.exchange.seed_export import export_seed
from directory.exchange.seed_load import load_seed
from directory.signals.duplicates import check_duplicates
from directory.signals.jobs import looker, signal_jobs
from directory.signals.numbers import check_numbers
from directory.signals.register import RegisterUnreadable, import_register
from directory.signals.websites import look_at_due, record_looks
from directory.web.extensions import current_settings, db
from directory.web.searching import search_engine
from directory.web.transaction import transaction

index = AppGroup("index", help="The search index.")
signals = AppGroup("signals", help="Signs that an entry may be wrong: they become tasks, and change no entry.")


def register_commands(app: Flask) -> None:
    """Adds the commands to the application."""
    for command in (seed, export_seed_command, tick, index, signals):
        app.cli.add_command(command)


@click.command("seed")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT / "seed")
def seed(folder: Path) -> None:
    """Load the taxonomy and the organisations of FOLDER; what people have changed since stays."""
    with transaction() as session:
        report = load_seed(session, folder, now())
    counts = f"{len(report.added)} added, {len(report.updated)} updated, {len(report.kept)} kept as people changed them"
    click.echo(f"Organisations: {counts}. Terms changed: {report.terms}.")


@click.command("export-seed")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_seed_command(folder: Path) -> None:
    """Write the taxonomy and the organisations to FOLDER, in the form that `seed` reads."""
    export_seed(db.session(), folder)
    click.echo(f"Written to {folder}.")


@click.command("tick")
def tick() -> None:
    """Do one round of everything due."""
    settings = current_settings()
    signs = signal_jobs(looker(settings.public_origin), websites=settings.websites_each_tick)
    failed = schedule.jobs(search_engine(), signs).run(db.session(), now())
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}. The log says why.")


@index.command("rebuild")
def rebuild() -> None:
    """Build the search index anew, beside the live one."""
    search_engine().index.rebuild(db.session())
    click.echo("The search index is built.")


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
