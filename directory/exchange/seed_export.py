"""Writing the directory back as the seed's files."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from directory.exchange.seed_files import SeedEntry, write_entries, write_lexicon, write_terms
from directory.lexicon.loading import LexiconFile
from directory.lexicon.queries import lexicon_languages, word_groups
from directory.organisations.queries import OrganisationRecord, organisation_records
from directory.organisations.rules import State
from directory.taxonomy.queries import load_taxonomy


def export_seed(session: Session, folder: Path) -> int:
    """Write the taxonomy, the lexicon and every entry below `folder`, notes and sources too; returns how many entries.

    What was loaded from the seed and not changed since gives the same files, byte for byte. A hidden entry is
    written as a draft, which is what it would be in a new directory.
    """
    write_terms(folder, load_taxonomy(session).terms)
    write_lexicon(folder, _lexicon(session))
    records = organisation_records(session)
    write_entries(folder, (_entry(record) for record in records))
    return len(records)


def _lexicon(session: Session) -> Iterator[LexiconFile]:
    groups = word_groups(session)
    for held in lexicon_languages(session):
        own = tuple(group for group in groups if group.language == held.language)
        yield LexiconFile(language=held.language, reviewed=held.reviewed, groups=own)


def _entry(record: OrganisationRecord) -> SeedEntry:
    status = State.PUBLIC if record.state is State.PUBLIC else State.DRAFT
    return SeedEntry(slug=record.slug, status=status, provenance=record.provenance, details=record.details)
