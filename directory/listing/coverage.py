"""What only one entry offers: a ground, a language or a kind of service that no other public entry is found by."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.organisations.service_models import PhoneLanguageRow, ServiceRow, ServiceTermRow
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import Taxonomy, TermKind

ASKED_FOR = (TermKind.GROUND, TermKind.LANGUAGE, TermKind.KIND)
"""The kinds of terms that people look for help by."""
Code = tuple[TermKind, str]


def only_match(session: Session, organisation_id: UUID) -> tuple[Code, ...]:
    """The grounds, languages and kinds of service that no other public entry is found by, in the taxonomy's order.

    A ground is also met by its narrower terms, and by a service for all grounds.
    """
    taxonomy = load_taxonomy(session)
    own = _offered(session, ServiceRow.organisation_id == organisation_id, taxonomy)
    codes = [(term.kind, term.code) for term in taxonomy.terms if (term.kind, term.code) in own]
    if not codes:
        return ()
    is_other = ServiceRow.organisation_id != organisation_id
    held = session.execute(select(*(_is_met(kind, code, is_other, taxonomy) for kind, code in codes))).one()
    return tuple(code for code, is_met in zip(codes, held, strict=True) if not is_met)


def _offered(session: Session, whose: ColumnElement[bool], taxonomy: Taxonomy) -> Collection[Code]:
    """All terms that the public services of an entry are found by."""
    terms = select(ServiceTermRow.kind, ServiceTermRow.code, ServiceRow.all_grounds)
    terms = terms.join_from(ServiceRow, ServiceTermRow, ServiceTermRow.service_id == ServiceRow.id, isouter=True)
    rows = session.execute(_public(terms, whose).order_by(ServiceTermRow.kind, ServiceTermRow.code)).all()
    spoken = select(PhoneLanguageRow.code).join(ServiceRow, ServiceRow.id == PhoneLanguageRow.service_id)
    held: set[Code] = {(row.kind, row.code) for row in rows if row.kind in ASKED_FOR}
    held |= {(TermKind.LANGUAGE, code) for code in session.scalars(_public(spoken, whose).order_by("code"))}
    is_for_all = any(row.all_grounds for row in rows)
    grounds = [ground.code for ground in taxonomy.of(TermKind.GROUND)]
    held_grounds = {code for kind, code in held if kind is TermKind.GROUND}
    met = [code for code in grounds if is_for_all or held_grounds & taxonomy.under(TermKind.GROUND, code)]
    return held | {(TermKind.GROUND, code) for code in met}


def _is_met(kind: TermKind, code: str, whose: ColumnElement[bool], taxonomy: Taxonomy) -> ColumnElement[bool]:
    """Whether any of these entries is found by a term."""
    terms = select(ServiceTermRow.code).join(ServiceRow, ServiceRow.id == ServiceTermRow.service_id)
    is_one = (ServiceTermRow.kind == kind) & ServiceTermRow.code.in_(_meeting(kind, code, taxonomy))
    ways = [_public(terms, whose).where(is_one).exists()]
    if kind is TermKind.GROUND:
        ways.append(_public(select(ServiceRow.id), whose).where(ServiceRow.all_grounds.is_(True)).exists())
    if kind is TermKind.LANGUAGE:
        spoken = select(PhoneLanguageRow.code).join(ServiceRow, ServiceRow.id == PhoneLanguageRow.service_id)
        ways.append(_public(spoken, whose).where(PhoneLanguageRow.code == code).exists())
    return or_(*ways)


def _meeting(kind: TermKind, code: str, taxonomy: Taxonomy) -> Collection[str]:
    """The codes of which each meets a term."""
    return sorted(taxonomy.under(kind, code)) if kind is TermKind.GROUND else (code,)


def _public(query: Select[*tuple[Any, ...]], whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """What a query finds among the services of public entries."""
    joined = query.join(OrganisationRow, OrganisationRow.id == ServiceRow.organisation_id)
    return joined.where(OrganisationRow.state == State.PUBLIC, whose)
