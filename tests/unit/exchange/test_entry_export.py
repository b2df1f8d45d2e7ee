"""All entries as a spreadsheet: whole for officers, and for others nothing that is private."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from directory import create_app
from directory.checks.contacts import Mailbox, add_contact
from directory.checks.keeping import confirm
from directory.config import Settings
from directory.database import begin_writing, make_engine
from directory.exchange import entry_export
from directory.exchange.cells import Manner
from directory.exchange.csv_files import csv_lines
from directory.exchange.entry_export import export_rows
from directory.exchange.excel_files import read_excel
from directory.exchange.matching import guess_matching, known_headings, lines_in
from directory.exchange.reading import read_entry
from directory.exchange.record_cells import Mode
from directory.exchange.tables import table_of
from directory.exchange.term_words import TermWords
from directory.organisations.operations import add_note
from directory.organisations.queries import organisation_records
from directory.organisations.rules import ConfirmedBy
from directory.taxonomy.queries import load_taxonomy
from directory.web.extensions import db
from tests.databases import Databases
from tests.factories import NOW, details, published, saved, service, withheld_location
from tests.seeding import small_taxonomy

CANARIES = (
    "Quiet House",
    "77 Canary Walk",
    "Canaryville",
    "N15 9ZX",
    "51.123456",
    "-0.654321",
    "canary@harbour.example",
)


@pytest.fixture
def private_engine(databases: Databases) -> Iterator[Engine]:
    """A database with a public entry that has something of all that is private, and with a draft."""
    engine = make_engine(databases.filled(small_taxonomy))
    with Session(engine) as session:
        begin_writing(session)
        place = withheld_location()
        held = details(service(locations=(place.id,)), locations=(place,))
        harbour = published(session, held)
        saved(session, details(name="Not yet"), slug="not-yet")
        add_contact(session, harbour, Mailbox(email="canary@harbour.example", language="en"), by="command", now=NOW)
        add_note(session, harbour, "Canary note", by="command", now=NOW)
        confirm(session, harbour, at=NOW - timedelta(days=1), by=ConfirmedBy.ORGANISATION, now=NOW)
        session.commit()
    yield engine
    engine.dispose()


def rows(engine: Engine, *, for_officers: bool) -> list[dict[str, str]]:
    text = "".join(csv_lines(export_rows(sessionmaker(engine), for_officers=for_officers)))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_officers_get_every_entry_with_all_that_is_private(private_engine: Engine) -> None:
    found = rows(private_engine, for_officers=True)
    assert [(row["Page"], row["State"]) for row in found] == [("harbour", "public"), ("not-yet", "draft")]
    assert (found[0]["Confirmed on"], found[0]["Confirmed by"]) == ("2026-06-02", "organisation")
    assert (found[0]["Update contacts"], found[0]["Notes"]) == ("canary@harbour.example", "Canary note")
    assert not [canary for canary in CANARIES if canary not in str(found[0])]


def test_others_get_what_everybody_may_see(private_engine: Engine) -> None:
    found = rows(private_engine, for_officers=False)
    assert [(row["Page"], row["Place 1 withheld"], row["Place 1 area"]) for row in found] == [
        ("harbour", "yes", "District.N15")
    ]
    assert not [canary for canary in (*CANARIES, "Canary note") if canary in str(found)]
    assert not {"Update contacts", "Notes", "Sources"} & set(found[0])


def test_the_whole_seed_comes_back(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_export, "AT_A_TIME", 7)
    engine = make_engine(seeded_url)
    table = table_of(enumerate(export_rows(sessionmaker(engine), for_officers=True), 1), known_headings())
    matching = guess_matching(table.headings)
    lines = list(lines_in(table, matching))
    with Session(engine) as session:
        manner = Manner(TermWords(load_taxonomy(session)))
        records = organisation_records(session)
    engine.dispose()
    for record in records:
        its = [line for line in lines if line.cells["organisation.id"] == str(record.id)]
        slots = [slot for slot in matching if slot]
        found = read_entry(
            its, slots, None, manner=manner, mode=Mode.WHOLE, new_id=lambda words: UUID(words.rpartition("/")[2])
        )
        assert (found.details, found.findings) == (record.details, ())
    assert len(records) > entry_export.AT_A_TIME


@pytest.mark.parametrize("private", [True, False])
def test_the_command_writes_a_file(private_engine: Engine, tmp_path: Path, *, private: bool) -> None:
    url = private_engine.url.render_as_string(hide_password=False)
    app: Flask = create_app(Settings(secret_key="k" * 40, database_url=url, search_index=tmp_path))
    more = ["--private"] if private else []
    for kind in ("csv", "xlsx"):
        with app.app_context():
            done = app.test_cli_runner().invoke(args=["export", kind, f"{tmp_path}/out.{kind}", *more])
            db.engine.dispose()
        assert done.exit_code == 0, done.output
    found = read_excel((tmp_path / "out.xlsx").read_bytes())
    assert [texts[1] for _, texts in found[1:]] == (["harbour", "not-yet"] if private else ["harbour"])
