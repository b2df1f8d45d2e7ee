"""Commands that take the directory out as a spreadsheet, and bring one in."""

import sys
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.orm import Session, sessionmaker

from directory.changes.rules import HowChecked
from directory.clock import now
from directory.exchange.csv_files import csv_lines
from directory.exchange.entry_export import export_rows
from directory.exchange.excel_files import write_excel
from directory.exchange.imports.operations import Columns, choose_columns, send, upload
from directory.exchange.imports.queries import count_states, entries_of, finding_of, load_import
from directory.exchange.imports.rules import (
    EntriesBroken,
    EntriesUndecided,
    EntryState,
    ImportState,
    NoNameColumn,
    NothingToSend,
)
from directory.exchange.imports.work import work_on
from directory.exchange.record_cells import Mode
from directory.exchange.tables import MOST_ROWS, FileRefused
from directory.web.admin.imports.words import ENTRY_STATES, STATES, failure_in_words, finding_in_words, refusal
from directory.web.extensions import db
from directory.web.searching import tell_the_search
from directory.web.transaction import transaction

BY = "command"
REFUSALS = {
    EntriesBroken: "Some entries have something wrong. Mend the file, or add --without-broken.",
    EntriesUndecided: "Some organisations look like others. Say at the desk what they are.",
    NothingToSend: "Nothing in the file would change anything.",
}


@click.command("export")
@click.argument("kind", type=click.Choice(["csv", "xlsx"]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--private", is_flag=True, help="Drafts, hidden entries and private columns too: for officers alone.")
def export(kind: str, file: Path, *, private: bool) -> None:
    """Write all public entries to FILE as a spreadsheet, which can be brought in again."""
    rows = export_rows(sessionmaker(db.engine), for_officers=private)
    if kind == "xlsx":
        with file.open("wb") as excel:
            write_excel(rows, excel)
    else:
        with file.open("w", encoding="utf-8", newline="") as csv:
            csv.writelines(csv_lines(rows))
    click.echo(f"Written to {file}." + (" It holds private facts: keep it so." if private else ""))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Where the file comes from, in words for whoever decides about it.")
@click.option("--whole", is_flag=True, help="What the file leaves empty or out is taken away, not kept.")
@click.option("--send", "sends", is_flag=True, help="Have everything wait for approval.")
@click.option(
    "--publish", type=click.Choice([how.value for how in HowChecked]), help="Publish at once; how it was checked."
)
@click.option("--without-broken", is_flag=True, help="Leave out what has something wrong.")
def import_command(
    file: Path, source: str, publish: str | None, *, whole: bool, sends: bool, without_broken: bool
) -> None:
    """Check FILE, a CSV or Excel file with known headings, and say what it would change; with --send, do it."""
    import_id = _checked(file, source, Mode.WHOLE if whole else Mode.ADDS)
    _tell(db.session(), import_id)
    if not sends and not publish:
        click.echo(f"Nothing is changed. Decide at /desk/import/{import_id}, or say --send or --publish.")
        return
    how = HowChecked(publish) if publish else None
    try:
        with transaction() as session:
            send(
                session,
                import_id,
                publishes=bool(publish),
                how_checked=how,
                without_broken=without_broken,
                by=BY,
                now=now(),
            )
    except (EntriesBroken, EntriesUndecided, NothingToSend) as error:
        sys.exit(f"{REFUSALS[type(error)]} It waits at /desk/import/{import_id}.")
    work_on(sessionmaker(db.engine), import_id, now)
    _tell(db.session(), import_id)
    tell_the_search()


def _checked(file: Path, source: str, mode: Mode) -> UUID:
    """The id of an import whose rows have been checked."""
    try:
        with transaction() as session:
            import_id = upload(session, file.read_bytes(), file_name=file.name, by=BY, now=now())
            row = load_import(session, import_id)
            columns = Columns(matching=row.matching, mode=mode, day_first=row.day_first, source=source)
            choose_columns(session, import_id, columns, by=BY, now=now())
    except FileRefused as error:
        sys.exit(refusal(error))
    except NoNameColumn:
        sys.exit("No heading is known as the name of an organisation, or its id. Name the columns at the desk.")
    work_on(sessionmaker(db.engine), import_id, now)
    return import_id


def _tell(session: Session, import_id: UUID) -> None:
    """How an import stands, and what is wrong with which of its rows."""
    session.rollback()  # so that what was done meanwhile is seen
    row = load_import(session, import_id)
    for state, number in count_states(session, import_id).items():
        click.echo(f"{number:>6,}  {ENTRY_STATES[state]}")
    headings = dict(zip(row.matching, row.headings, strict=True))
    for entry in entries_of(session, import_id, [EntryState.BROKEN], most=MOST_ROWS):
        for finding in map(finding_of, entry.findings):
            if not finding.is_remark:
                click.echo(f"{entry.name or '(no name)'}: {finding_in_words(finding, headings)}")
    if row.state is ImportState.FAILED:
        sys.exit(f"{STATES[row.state]}: {failure_in_words(row.failure)}.")
