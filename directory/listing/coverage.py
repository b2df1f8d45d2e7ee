"""What only one entry offers: a ground, a language or a kind of service that no other public entry is found by."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.organisations.service_models import PhoneLanguageRow, ServiceRow, ServiceTermRow
from directory.taxonomy.models import TermRow
from directory.taxonomy.terms import TermKind

ASKED_FOR = (TermKind.GROUND, TermKind.LANGUAGE, TermKind.KIND)
"""The kinds of terms that people look for help by."""
Code = tuple[TermKind, str]


def only_match(session: Session, organisation_id: UUID) -> tuple[Code, ...]:
    """The grounds, languages and kinds of service that no other public entry is found by, in the taxonomy's order.

    A ground is also met by its narrower terms, and by a service for all grounds.
    """
    terms = select(TermRow.kind, TermRow.code, TermRow.parent).where(TermRow.kind.in_(ASKED_FOR))
    rows = session.execute(terms.order_by(TermRow.kind, TermRow.position, TermRow.code)).all()
    above: dict[str, str] = {row.code: row.parent or "" for row in rows if row.kind is TermKind.GROUND}
    is_own = ServiceRow.organisation_id == organisation_id
    own, others = (_found_by(session, whose, above) for whose in (is_own, ~is_own))
    return tuple((row.kind, row.code) for row in rows if (row.kind, row.code) in own - others)


def _found_by(session: Session, whose: ColumnElement[bool], above: Mapping[str, str]) -> frozenset[Code]:
    """The terms by which these public entries are found. Each is looked for until one entry has it."""
    public = (OrganisationRow.id == ServiceRow.organisation_id) & (OrganisationRow.state == State.PUBLIC) & whose
    services = select(ServiceTermRow.code).join(ServiceRow, ServiceRow.id == ServiceTermRow.service_id)
    phones = select(PhoneLanguageRow.code).join(ServiceRow, ServiceRow.id == PhoneLanguageRow.service_id)
    held = (
        services.join(OrganisationRow, public)
        .where(ServiceTermRow.kind == TermRow.kind, ServiceTermRow.code == TermRow.code)
        .exists()
    )
    spoken = (
        phones.join(OrganisationRow, public)
        .where(TermRow.kind == TermKind.LANGUAGE, PhoneLanguageRow.code == TermRow.code)
        .exists()
    )
    for_all = select(ServiceRow.id).join(OrganisationRow, public).where(ServiceRow.all_grounds.is_(True)).limit(1)
    terms = select(TermRow.kind, TermRow.code).where(TermRow.kind.in_(ASKED_FOR), or_(held, spoken))
    found: set[Code] = {(row.kind, row.code) for row in session.execute(terms.order_by(TermRow.kind, TermRow.code))}
    if session.scalars(for_all).first() is not None:
        return frozenset(found).union((TermKind.GROUND, code) for code in above)
    broader = (one for kind, code in found if kind is TermKind.GROUND for one in _with_broader(code, above))
    return frozenset(found).union((TermKind.GROUND, code) for code in broader)


def _with_broader(code: str, above: Mapping[str, str]) -> Iterator[str]:
    """A ground and all that it is narrower than."""
    while code:
        yield code
        code = above.get(code, "")
