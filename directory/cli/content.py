"""Commands that load, write out and index what the directory holds."""

from pathlib import Path

import click
from flask.cli import AppGroup

from directory.clock import now
from directory.config import ROOT
from directory.exchange.seed_export import export_seed
from directory.exchange.seed_load import load_seed
from directory.web.extensions import db
from directory.web.searching import search_engine
from directory.web.transaction import transaction

index = AppGroup("index", help="The search index.")


@click.command("seed")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT / "seed")
def seed(folder: Path) -> None:
    """Load the taxonomy, the lexicon and the organisations of FOLDER; what people have changed since stays."""
    with transaction() as session:
        report = load_seed(session, folder, now())
    counts = f"{len(report.added)} added, {len(report.updated)} updated, {len(report.kept)} kept as people changed them"
    click.echo(f"Organisations: {counts}. Terms changed: {report.terms}. Words changed: {report.words}.")


@click.command("export-seed")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_seed_command(folder: Path) -> None:
    """Write the taxonomy, the lexicon and the organisations to FOLDER, in the form that `seed` reads."""
    export_seed(db.session(), folder)
    click.echo(f"Written to {folder}.")


@index.command("rebuild")
def rebuild() -> None:
    """Build the search index anew, beside the live one."""
    search_engine().index.rebuild(db.session())
    click.echo("The search index is built.")
