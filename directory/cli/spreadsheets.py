"""Commands that take the directory out as a spreadsheet."""

from pathlib import Path

import click
from sqlalchemy.orm import sessionmaker

from directory.exchange.csv_files import csv_lines
from directory.exchange.entry_export import export_rows
from directory.exchange.excel_files import write_excel
from directory.web.extensions import db


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
