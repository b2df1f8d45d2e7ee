"""What may happen to the taxonomy. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from directory import audit
from directory.directory_revision import raise_directory_revision, raise_lexicon_revision
from directory.taxonomy.models import MergedTermRow, TermRow, TermTextRow
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.rules import (
    NewTerm,
    Problem,
    TermInvalid,
    TermWords,
    Violation,
    check_merge,
    check_new,
    check_retire,
    check_words,
    code_for,
)
from directory.taxonomy.terms import Taxonomy, Term, TermKind


def add_term(session: Session, new: NewTerm, *, by: str, now: datetime) -> str:
    """Add a term at the end of its kind; returns its code. Raises TermInvalid."""
    taxonomy = _begin(session)
    check_new(new, taxonomy)
    held = taxonomy.of(new.kind)
    code = code_for(new, {*(term.code for term in held), *(code for term in held for code in term.merged)})
    term = Term(
        kind=new.kind,
        code=code,
        names=new.names,
        parent=new.parent,
        latitude=new.latitude,
        longitude=new.longitude,
        position=max((term.position for term in held), default=-1) + 1,
    )
    row = new_row(term)
    write_term(row, term)
    row.edited_by = by
    session.add(row)
    _audit(session, action="term_added", kind=term.kind, code=code, by=by, now=now)
    return code


def word_term(
    session: Session, kind: TermKind, code: str, language: str, words: TermWords, *, by: str, now: datetime
) -> None:
    """Say what a term is called in a language, and how it is explained; without a name, it has no words in it.

    Raises TermUnknown or TermInvalid.
    """
    taxonomy = _begin(session)
    term = taxonomy.term(kind, code)
    check_words(words, term, language, taxonomy)
    named = {**term.names, language: words.name}
    write_term(
        _row(session, kind, code, by),
        replace(
            term,
            names={tag: name for tag, name in named.items() if name},
            descriptions={**term.descriptions, language: words.description},
            examples={**term.examples, language: words.examples},
        ),
    )
    subject = subject_of(kind, code)
    audit.record(session, actor=by, action="term_worded", now=now, subject=subject, language=language)


def move_term(session: Session, kind: TermKind, code: str, *, after: str, by: str, now: datetime) -> None:
    """Show a term right after another that stands under the same broader one, or first of them where `after` is empty.

    Raises TermUnknown or TermInvalid.
    """
    taxonomy = _begin(session)
    term = taxonomy.term(kind, code)
    beside = [other.code for other in taxonomy.narrower(kind, term.parent) if other.code != code]
    if after and after not in beside:
        raise TermInvalid((Violation("after", Problem.UNKNOWN),))
    beside.insert(beside.index(after) + 1 if after else 0, code)
    _row(session, kind, code, by)
    _order(session, taxonomy, kind, beside)
    _audit(session, action="term_moved", kind=kind, code=code, by=by, now=now)


def retire_term(session: Session, kind: TermKind, code: str, *, by: str, now: datetime) -> frozenset[str]:
    """Offer a term no more, nor those under it; returns their codes. Raises TermUnknown or TermFixed.

    Entries are left as they are (see `organisations.term_changes.retire` for those that are to lose it).
    """
    taxonomy = _begin(session)
    check_retire(taxonomy.term(kind, code), taxonomy)
    codes = taxonomy.under(kind, code)
    for each in sorted(codes):
        _row(session, kind, each, by).retired = True
    _audit(session, action="term_retired", kind=kind, code=code, by=by, now=now)
    return codes


def offer_term(session: Session, kind: TermKind, code: str, *, by: str, now: datetime) -> None:
    """Offer a retired term again, with those that it stands under. Raises TermUnknown."""
    taxonomy = _begin(session)
    term = taxonomy.term(kind, code)
    _row(session, kind, code, by).retired = False
    while term.parent:
        term = taxonomy.term(kind, term.parent)
        if term.retired:
            _row(session, kind, term.code, by).retired = False
    _audit(session, action="term_offered_again", kind=kind, code=code, by=by, now=now)


def replace_term(session: Session, kind: TermKind, code: str, *, into: str, by: str, now: datetime) -> None:
    """Let a term be no more than another name of `into`; those under it stand under that one.

    Nothing may refer to it any more (see `organisations.term_changes.merge`, which sees to that).
    Raises TermUnknown, TermFixed or MergeRefused.
    """
    taxonomy = _begin(session)
    raise_lexicon_revision(session)  # words that meant the one term mean the other
    check_merge(taxonomy.term(kind, code), taxonomy.term(kind, into), taxonomy)
    _row(session, kind, into, by)
    session.execute(update(TermRow).where(TermRow.kind == kind, TermRow.parent == code).values(parent=into))
    session.execute(
        update(MergedTermRow).where(MergedTermRow.kind == kind, MergedTermRow.successor == code).values(successor=into)
    )
    session.execute(delete(TermRow).where(TermRow.kind == kind, TermRow.code == code))
    session.add(MergedTermRow(kind=kind, code=code, successor=into))
    audit.record(session, actor=by, action="term_merged", now=now, subject=subject_of(kind, code), into=into)


def subject_of(kind: TermKind, code: str) -> str:
    """How the audit trail names a term."""
    return f"{kind}/{code}"


def new_row(term: Term) -> TermRow:
    """An empty row for a term that there is not yet."""
    return TermRow(id=uuid5(NAMESPACE_URL, f"term/{term.kind}/{term.code}"), texts=[])


def write_term(row: TermRow, term: Term) -> None:
    """Make a row say what a term is."""
    row.kind, row.code, row.parent, row.position = term.kind, term.code, term.parent or None, term.position
    row.latitude, row.longitude, row.retired = term.latitude, term.longitude, term.retired
    held = {text.language: text for text in row.texts}
    texts = [held.get(language) or TermTextRow(language=language) for language in term.names]
    for text in texts:
        text.name = term.names[text.language]
        text.description = term.descriptions.get(text.language, "")
        text.examples = list(term.examples.get(text.language, ()))
    if set(texts) != set(row.texts):
        row.texts = texts


def _begin(session: Session) -> Taxonomy:
    """Stand in the queue of changes; the taxonomy as it is now."""
    raise_directory_revision(session)
    return load_taxonomy(session)


def _row(session: Session, kind: TermKind, code: str, by: str) -> TermRow:
    """The row of a term that there is, marked as changed by somebody."""
    row = session.scalars(
        select(TermRow).where(TermRow.kind == kind, TermRow.code == code).options(selectinload(TermRow.texts))
    ).one()
    row.edited_by = by
    return row


def _order(session: Session, taxonomy: Taxonomy, kind: TermKind, beside: Sequence[str]) -> None:
    """Number the terms of a kind anew, those `beside` each other in the places that they have now, in this order."""
    waiting, moving = iter(beside), set(beside)
    ordered = [next(waiting) if term.code in moving else term.code for term in taxonomy.of(kind)]
    places = {code: position for position, code in enumerate(ordered)}
    for row in session.scalars(select(TermRow).where(TermRow.kind == kind).order_by(TermRow.code)):
        row.position = places[row.code]


def _audit(session: Session, *, action: str, kind: TermKind, code: str, by: str, now: datetime) -> None:
    audit.record(session, actor=by, action=action, now=now, subject=subject_of(kind, code))
