"""Loading the seed: as often as one likes, and never over what people changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from sqlalchemy.orm import Session

from directory.audit import SEED
from directory.errors import DomainError
from directory.exchange.seed_files import SeedBroken, SeedEntry, read_entries, read_lexicon, read_terms
from directory.lexicon.loading import put_lexicon
from directory.organisations.codes import Successors, in_todays_terms
from directory.organisations.operations import add_organisation, hide, publish, save_draft, set_provenance
from directory.organisations.queries import OrganisationRecord, organisation_records
from directory.organisations.rules import State, first_state
from directory.taxonomy.loading import put_terms
from directory.taxonomy.queries import successors

WHY = "loaded from the seed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedReport:
    """What a load did: how many terms and groups of words changed, and slugs of entries.

    `kept` are those that people have changed since.
    """

    terms: int
    words: int
    added: tuple[str, ...]
    updated: tuple[str, ...]
    kept: tuple[str, ...]


def load_seed(session: Session, folder: Path, now: datetime) -> SeedReport:
    """Load all files of the seed. The caller commits; SeedBroken, naming the file, means that nothing may be kept."""
    terms = put_terms(session, read_terms(folder))
    words = put_lexicon(session, read_lexicon(folder))
    held = {record.id: record for record in organisation_records(session)}
    added, updated, kept, merged = [], [], [], successors(session)
    for entry in _whole_before_parts(_in_todays_terms(entry, merged) for entry in read_entries(folder)):
        record = held.get(entry.id)
        try:
            if record is None:
                _add(session, entry, now)
                added.append(entry.slug)
            elif record.edited_by != SEED:
                kept.append(entry.slug)
            elif not _says_the_same(record, entry):
                _update(session, entry, record.state, now)
                updated.append(entry.slug)
        except DomainError as error:
            raise SeedBroken(f"{entry.slug}: {error}") from error
    return SeedReport(terms=terms, words=words, added=tuple(added), updated=tuple(updated), kept=tuple(kept))


def _in_todays_terms(entry: SeedEntry, merged: Successors) -> SeedEntry:
    """An entry, with those terms that people have merged others into."""
    return replace(entry, details=in_todays_terms(entry.details, merged))


def _state(entry: SeedEntry) -> State:
    return first_state(entry.status, entry.provenance.confidence, entry.details)


def _says_the_same(record: OrganisationRecord, entry: SeedEntry) -> bool:
    return (
        record.details == entry.details
        and record.provenance.confidence == entry.provenance.confidence
        and record.provenance.sources == entry.provenance.sources
        and set(entry.provenance.notes) <= set(record.provenance.notes)
        and (record.state is State.PUBLIC) == (_state(entry) is State.PUBLIC)
    )


def _add(session: Session, entry: SeedEntry, now: datetime) -> None:
    add_organisation(session, organisation_id=entry.id, slug=entry.slug, details=entry.details, by=SEED, now=now)
    set_provenance(session, entry.id, entry.provenance, by=SEED, now=now)
    if _state(entry) is State.PUBLIC:
        publish(session, entry.id, entry.details, by=SEED, why=WHY, now=now)


def _update(session: Session, entry: SeedEntry, state: State, now: datetime) -> None:
    set_provenance(session, entry.id, entry.provenance, by=SEED, now=now)
    if _state(entry) is State.PUBLIC:
        publish(session, entry.id, entry.details, by=SEED, why=WHY, now=now)
    elif state is State.PUBLIC:
        hide(session, entry.id, by=SEED, now=now)
    elif state is State.DRAFT:
        save_draft(session, entry.id, entry.details, by=SEED, now=now)


def _whole_before_parts(entries: Iterable[SeedEntry]) -> list[SeedEntry]:
    """The entries, each after the one it is part of."""
    by_id = {entry.id: entry for entry in entries}
    sorter = TopologicalSorter(
        {entry.id: [entry.details.part_of] if entry.details.part_of in by_id else [] for entry in by_id.values()}
    )
    try:
        return [by_id[identity] for identity in sorter.static_order()]
    except CycleError as error:
        raise SeedBroken(f"organisations that are part of each other: {error.args[1]}") from error
