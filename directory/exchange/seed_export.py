"""Writing the directory back as the seed's files."""

from pathlib import Path

from sqlalchemy.orm import Session

from directory.exchange.seed_files import SeedEntry, write_entries, write_terms
from directory.organisations.queries import OrganisationRecord, organisation_records
from directory.organisations.rules import State
from directory.taxonomy.queries import load_taxonomy


def export_seed(session: Session, folder: Path) -> int:
    """Write the taxonomy and every entry below `folder`, notes and sources too; returns how many entries.

    What was loaded from the seed and not changed since gives the same files, byte for byte. A hidden entry is
    written as a draft, which is what it would be in a new directory.
    """
    write_terms(folder, load_taxonomy(session).terms)
    records = organisation_records(session)
    write_entries(folder, (_entry(record) for record in records))
    return len(records)


def _entry(record: OrganisationRecord) -> SeedEntry:
    status = State.PUBLIC if record.state is State.PUBLIC else State.DRAFT
    return SeedEntry(slug=record.slug, status=status, provenance=record.provenance, details=record.details)
