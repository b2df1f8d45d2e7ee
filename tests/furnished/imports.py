"""Imports in every state, with organisations in every state."""

from itertools import cycle
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from directory.changes.rules import HowChecked
from directory.exchange.csv_files import csv_lines
from directory.exchange.imports.models import ImportEntryRow, ImportRow
from directory.exchange.imports.operations import Columns, choose_columns, end, upload
from directory.exchange.imports.rules import ENDED, EntryState, ImportState, Treatment
from directory.exchange.imports.work import work_on
from directory.exchange.record_cells import Mode
from directory.organisations.models import SlugRow
from tests.furnished.making import MANAGER, Making, Words

HEADINGS = ("Name", "Page", "Tel", "What", "Kind of help", "Hours")
KEYS = (
    "organisation.name",
    "organisation.slug",
    "phone.number.1",
    "organisation.description",
    "service.kinds",
    "service.opening_hours",
)
CLEAR = b"Name\r\nQuiet Cove\r\n"
"""A file that leaves nothing to ask."""


def sheet(words: Words, slug: str) -> bytes:
    """A file with an organisation of each sort: new, ours, like one of ours, with something wrong."""
    rows = [
        [words("Pier"), "", "0800 1111", words("Helps people."), "", ""],
        [words("Jetty"), slug, "020 7946 0333", words("Another text."), "helpline", "Mo 10:00-12:00"],
        [words("Quay"), "", "+442084891000", words("Like ours."), words("no such kind"), words("all day")],
        [words("Harbour"), "", "+442084891000", words("As ours."), "", ""],
        [words("Dock"), "no-such-page", words("no number"), "", "", ""],
    ]
    return "".join(csv_lines([list(HEADINGS), *rows])).encode()


def uploaded(making: Making, slug: str) -> UUID:
    """An import whose columns are to be named."""
    name = making.words("list.csv")
    return upload(making.session, sheet(making.words, slug), file_name=name, by=MANAGER, now=making.now)


def furnish_imports(making: Making, everything: UUID) -> None:
    """All of them; commits, since checking a file has transactions of its own."""
    session, now = making.session, making.now
    slug = session.scalars(select(SlugRow.slug).where(SlugRow.organisation_id == everything, SlugRow.is_current)).one()
    made = {state: uploaded(making, slug) for state in ImportState}
    clear = upload(session, CLEAR, file_name="clear.csv", by=MANAGER, now=now)
    columns = Columns(matching=KEYS, mode=Mode.ADDS, day_first=True, source=making.words("Their list"))
    for state, identity in made.items():
        if state is not ImportState.COLUMNS:
            choose_columns(session, identity, columns, by=MANAGER, now=now)
    only_names = Columns(matching=KEYS[:1], mode=Mode.ADDS, day_first=True, source="A list")
    choose_columns(session, clear, only_names, by=MANAGER, now=now)
    session.commit()
    work_on(sessionmaker(session.get_bind()), clear, lambda: now)
    for state, identity in made.items():
        if state not in {ImportState.COLUMNS, ImportState.CHECKING}:
            work_on(sessionmaker(session.get_bind()), identity, lambda: now)
    states, treatments, checked = cycle(EntryState), cycle(Treatment), cycle(HowChecked)
    for state, identity in made.items():
        row = session.get_one(ImportRow, identity)
        row.mode = Mode.WHOLE if state is ImportState.DONE else Mode.ADDS
        if state in ENDED:
            _ended(session, row, state, making)
            for _ in EntryState:
                session.add(_entry(identity, next(states), next(treatments), making.words("Mole")))
        elif state not in {ImportState.COLUMNS, ImportState.CHECKING}:
            row.state, row.total, row.done = state, 4, 1
        row.publishes, row.how_checked = True, next(checked)
    session.commit()


def _ended(session: Session, row: ImportRow, state: ImportState, making: Making) -> None:
    row.state = ImportState.CHECKING if state is ImportState.FAILED else ImportState.CHECKED
    if state is ImportState.DONE:
        row.state = ImportState.SENDING
    end(session, row, state, making.now, making.words("ValueError") if state is ImportState.FAILED else "")


def _entry(import_id: UUID, state: EntryState, treatment: Treatment, name: str) -> ImportEntryRow:
    return ImportEntryRow(
        run_id=import_id,
        position=100 + uuid4().int % 1_000_000,
        state=state,
        treatment=treatment,
        first_row=2,
        name=name,
        lines=[],
        proposed=None,
        findings=[],
        alike=[],
        has_alike=False,
        base_revision=0,
        differences=0,
    )
