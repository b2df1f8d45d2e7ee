"""What is written is read again as it was: single texts, single entries, whole files."""

import csv
import io
from dataclasses import replace
from os import environ
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.exchange.cells import Manner
from directory.exchange.columns import Slot, written_slots
from directory.exchange.csv_files import CsvManner, csv_lines, guess_manner, read_csv
from directory.exchange.guarded_text import guarded, unguarded
from directory.exchange.lines import WrittenEntry, lines_of
from directory.exchange.matching import guess_matching, known_headings, lines_in
from directory.exchange.reading import EntryReading, read_entry
from directory.exchange.record_cells import Mode
from directory.exchange.tables import MOST_COLUMNS, table_of
from directory.exchange.term_words import TermWords
from directory.organisations.compare import differences
from directory.organisations.details import OrganisationDetails
from directory.taxonomy.terms import Taxonomy
from tests.factories import CODES, full_details, term
from tests.strategies import changed, few_examples, well_formed

FULL_SIZE = "SOAK" in environ
MANY_TEXTS = settings(few_examples, max_examples=250 if FULL_SIZE else 5)
"""With 40 texts each: 10,000 at full size."""
ENTRIES = settings(few_examples, max_examples=500 if FULL_SIZE else 15)
ID = UUID(int=77)
MANNER = Manner(TermWords(Taxonomy(tuple(term(kind, code) for kind, codes in CODES.items() for code in codes))))
SLOTS = written_slots(for_officers=True)
OURS = CsvManner("utf-8", ",")
DANGEROUS = "=+-@\t\r＝＋－＠"

texts = st.text(st.characters(codec="utf-8"), max_size=40) | st.text(DANGEROUS + "'\"\n;, x44", max_size=8)
many_texts = st.lists(texts.filter(bool), min_size=40, max_size=60)


def written(details: OrganisationDetails, slots: tuple[Slot, ...] = SLOTS) -> bytes:
    entry = WrittenEntry(id=ID, slug="harbour", state="public", revision=3, details=details)
    rows = [[slot.heading for slot in slots], *lines_of(entry, slots, MANNER)]
    return "".join(csv_lines(rows)).encode()


def kept_id(words: str) -> UUID:
    """The id that stands in the file; elsewhere an entry that is new to a directory gets ids of its own."""
    return UUID(words.rpartition("/")[2])


def read(content: bytes, base: OrganisationDetails | None, mode: Mode = Mode.WHOLE) -> EntryReading:
    table = table_of(read_csv(content, guess_manner(content, known_headings())), known_headings())
    matching = guess_matching(table.headings)
    slots = [slot for slot in matching if slot is not None]
    lines = list(lines_in(table, matching))
    return read_entry(lines, slots, base, manner=MANNER, mode=mode, new_id=kept_id)


@MANY_TEXTS
@given(many_texts)
def test_any_text_comes_back_and_begins_with_nothing_dangerous(some: list[str]) -> None:
    for text in some:
        assert not guarded(text).startswith(tuple(DANGEROUS))
        assert unguarded(guarded(text)) == text


@MANY_TEXTS
@given(many_texts)
def test_any_texts_come_back_through_a_csv_file(column: list[str]) -> None:
    content = "".join(csv_lines([text, "x"] for text in column)).encode()
    assert [unguarded(text) for _, [text, _] in read_csv(content, OURS)] == column
    raw = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert not [cell for cells in raw for cell in cells if cell.startswith(tuple(DANGEROUS))]


@ENTRIES
@given(well_formed)
def test_an_entry_that_was_written_makes_no_difference_when_it_is_read(details: OrganisationDetails) -> None:
    for mode in Mode:
        assert read(written(details), details, mode) == EntryReading(details, ())


@ENTRIES
@given(well_formed.filter(lambda details: details.services))
def test_an_entry_is_whole_in_its_rows(details: OrganisationDetails) -> None:
    assert read(written(details), None).details == details


@ENTRIES
@given(st.data())
def test_the_rows_make_any_other_state_of_the_entry_into_theirs(data: st.DataObject) -> None:
    wanted = data.draw(well_formed)
    base = data.draw(changed(wanted))
    private = any(place.withheld for place in base.locations)
    if not private:
        found = read(written(wanted), base)
        assert found.findings == ()
        assert found.details
        assert differences(found.details, wanted) == ()
        assert found.details == wanted


def test_a_full_entry_comes_back() -> None:
    details = full_details(part_of=UUID(int=5))
    assert read(written(details), details) == EntryReading(details, ())


def test_a_file_that_we_write_is_not_wider_than_one_that_we_read() -> None:
    assert len(SLOTS) <= MOST_COLUMNS
    assert guess_matching([slot.heading for slot in SLOTS]).count(None) == sum(
        slot.column.use == "out" for slot in SLOTS
    )


@pytest.mark.parametrize("number", ["+442084891000", "+33142685300", "999", "85258", "18001101"])
def test_numbers_survive(number: str) -> None:
    held = full_details()
    details = replace(
        held, services=(replace(held.services[0], phones=(replace(held.services[0].phones[0], number=number),)),)
    )
    assert read(written(details), None).details == details
