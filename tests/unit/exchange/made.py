"""Files as people make them, and what is read of them."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from directory.exchange.cells import Manner
from directory.exchange.matching import guess_matching, known_headings, lines_in
from directory.exchange.reading import EntryReading, read_entry
from directory.exchange.record_cells import Mode
from directory.exchange.tables import table_of
from directory.exchange.term_words import TermWords
from directory.organisations.details import OrganisationDetails
from directory.taxonomy.terms import Taxonomy
from tests.factories import CODES, term

TAXONOMY = Taxonomy(tuple(term(kind, code) for kind, codes in CODES.items() for code in codes))
WORDS = TermWords(TAXONOMY)
MANNER = Manner(WORDS)
NAMESPACE = UUID(int=77)


def new_id(words: str) -> UUID:
    return uuid5(NAMESPACE, words)


def read_rows(
    rows: Sequence[Sequence[str]],
    base: OrganisationDetails | None = None,
    *,
    mode: Mode = Mode.ADDS,
    manner: Manner = MANNER,
) -> EntryReading:
    """The one organisation of these rows, the first of which are the headings."""
    table = table_of(enumerate(rows, start=1), known_headings())
    matching = guess_matching(table.headings)
    slots = [slot for slot in matching if slot is not None]
    lines = list(lines_in(table, matching))
    return read_entry(lines, slots, base, manner=manner, mode=mode, new_id=new_id)
