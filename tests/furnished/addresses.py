"""Every address of the desk, by construction: each rule of the url map, with every record that it can name.

A new page whose address names something that is not among `NAMED` fails every test that visits all pages: say here
where its records are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from werkzeug.routing import Rule

from directory.accounts.invitations import JOIN
from directory.accounts.models import InvitationRow, OfficerRow
from directory.accounts.rules import Purpose
from directory.changes.models import ChangeRow
from directory.checks.links import LinkSigner
from directory.checks.models import ContactRow
from directory.exchange.imports.models import ImportRow
from directory.lexicon.models import LexiconLanguageRow, WordGroupRow
from directory.listing.models import HidingRow, NotListedRow
from directory.listing.rules import HidingState
from directory.organisations.models import OrganisationRow, RevisionRow
from directory.tasks.models import TaskRow
from directory.taxonomy.models import MergedTermRow, TermRow
from directory.taxonomy.terms import TermKind
from directory.web.entry_form.sections import ALL
from directory.web.extensions import db
from tests.web.conftest import LINK_KEY

Values = Mapping[str, object]
Records = Callable[[Session], Iterable[Values]]


def _of(*by: ColumnElement[Any] | InstrumentedAttribute[Any], **columns: InstrumentedAttribute[Any]) -> Records:
    """The values of these columns in one row of each sort, and of all rows where `by` does not say what the sorts are."""

    def records(session: Session) -> Iterable[Values]:
        query = select(*columns.values(), *by).order_by(*by, *columns.values())
        rows = {row[len(columns) :] or row: row for row in session.execute(query)}
        return [dict(zip(columns, row, strict=False)) for row in rows.values()]

    return records


def _terms(session: Session) -> Iterable[Values]:
    """Terms that were merged have addresses too, which lead on."""
    rows = [*session.execute(select(TermRow.kind, TermRow.code).order_by(TermRow.kind, TermRow.position))]
    rows += session.execute(select(MergedTermRow.kind, MergedTermRow.code).order_by(MergedTermRow.kind))
    return [{"kind": kind.value, "code": code} for kind, code in rows]


def _tokens(session: Session) -> Iterable[Values]:
    """Of invitations: good ones, used ones, and one that is none."""
    signer = LinkSigner([LINK_KEY], JOIN)
    ids = session.scalars(
        select(InvitationRow.id)
        .where(InvitationRow.purpose != Purpose.DEMO)
        .order_by(InvitationRow.purpose, InvitationRow.id)
    )
    return [{"token": signer.token(identity)} for identity in ids] + [{"token": "no-token"}]


_HIDING = select(HidingRow.state).where(
    HidingRow.organisation_id == OrganisationRow.id, HidingRow.state.in_((HidingState.WAITING, HidingState.REFUSED))
)
_SORTS_OF_ENTRIES = (
    OrganisationRow.state,
    OrganisationRow.joined_into.is_(None),
    OrganisationRow.revision > 1,
    OrganisationRow.part_of.is_(None),
    OrganisationRow.overdue_since.is_(None),
    OrganisationRow.told_changed_on.is_(None),
    OrganisationRow.told_closed_on.is_(None),
    _HIDING.correlate(OrganisationRow).limit(1).scalar_subquery(),
)
_IS_CURRENT = (
    select(OrganisationRow.revision == RevisionRow.number)
    .where(OrganisationRow.id == RevisionRow.organisation_id)
    .scalar_subquery()
)

NAMED: Mapping[frozenset[str], Records] = {
    frozenset({"change_id"}): _of(ChangeRow.origin, ChangeRow.state, ChangeRow.risk, change_id=ChangeRow.id),
    frozenset({"contact_id", "organisation_id"}): _of(
        ContactRow.state,
        ContactRow.ended_at.is_(None),
        organisation_id=ContactRow.organisation_id,
        contact_id=ContactRow.id,
    ),
    frozenset({"code", "kind"}): _terms,
    frozenset({"group_id", "language"}): _of(
        WordGroupRow.removed, language=WordGroupRow.language, group_id=WordGroupRow.id
    ),
    frozenset({"import_id"}): _of(ImportRow.state, ImportRow.total, import_id=ImportRow.id),
    frozenset({"kind"}): lambda _session: [{"kind": kind.value} for kind in TermKind],
    frozenset({"language"}): _of(language=LexiconLanguageRow.language),
    frozenset({"memory_id"}): _of(NotListedRow.ended_at.is_(None), memory_id=NotListedRow.id),
    frozenset({"number", "organisation_id"}): _of(
        RevisionRow.number, _IS_CURRENT, organisation_id=RevisionRow.organisation_id, number=RevisionRow.number
    ),
    frozenset({"officer_id"}): _of(
        OfficerRow.state, OfficerRow.role, OfficerRow.password_hash != "", officer_id=OfficerRow.id
    ),
    frozenset({"organisation_id"}): _of(*_SORTS_OF_ENTRIES, organisation_id=OrganisationRow.id),
    frozenset({"other_id"}): _of(OrganisationRow.state, other_id=OrganisationRow.id),
    frozenset({"section"}): lambda _session: [{"section": section} for section in ALL],
    frozenset({"task_id"}): _of(TaskRow.kind, TaskRow.state, TaskRow.snoozed_until.is_(None), task_id=TaskRow.id),
    frozenset({"token"}): _tokens,
    frozenset[str](): lambda _session: [{}],
}
"""Where the records are that the variables of an address name: those of a key belong together."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the desk, and whose page it is."""

    path: str
    endpoint: str


def desk_rules(app: Flask, method: str) -> list[Rule]:
    """The rules of the desk that answer this method, in order."""
    rules = (rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("admin."))
    return sorted(
        (rule for rule in rules if method in (rule.methods or ())), key=lambda rule: (rule.rule, rule.endpoint)
    )


def addresses(app: Flask, method: str) -> list[Address]:
    """All addresses of the desk that answer this method."""
    with app.app_context():
        engine = db.engine
    with Session(engine) as session:
        known = {key: list(records(session)) for key, records in NAMED.items()}
    return [
        Address(_path(rule, values), rule.endpoint)
        for rule in desk_rules(app, method)
        for values in _values(rule, known)
    ]


def spread(found: list[Address], most: int) -> list[Address]:
    """At most so many of them, from the first to the last."""
    if len(found) <= most:
        return found
    return [found[place * (len(found) - 1) // (most - 1)] for place in range(most)]


def _values(rule: Rule, known: Mapping[frozenset[str], list[Values]]) -> Iterator[Values]:
    parts = _parts(frozenset(rule.arguments), known)
    assert parts is not None, f"{rule.rule} names something that tests.furnished.addresses.NAMED does not know"
    for combined in product(*(known[part] for part in parts)):
        yield {name: value for values in combined for name, value in values.items()}


def _parts(wanted: frozenset[str], known: Iterable[frozenset[str]]) -> list[frozenset[str]] | None:
    """The fewest keys that make up the variables of a rule."""
    if wanted in set(known):
        return [wanted]
    for key in sorted(known, key=len, reverse=True):
        rest = _parts(wanted - key, known) if key and key < wanted else None
        if rest is not None:
            return [key, *rest]
    return None


def _path(rule: Rule, values: Values) -> str:
    built = rule.build(values, append_unknown=False)
    assert built is not None, (rule.rule, values)
    return built[1]
