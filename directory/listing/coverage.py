"""What only one entry offers: a ground, a language or a kind of service that no other public entry is found by."""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.organisations.service_models import PhoneLanguageRow, ServiceRow, ServiceTermRow
from directory.taxonomy.queries import load_taxonomy
from directory.taxonomy.terms import Taxonomy, TermKind

ASKED_FOR = (TermKind.GROUND, TermKind.LANGUAGE, TermKind.KIND)
"""The kinds of terms that people look for help by."""
Code = tuple[TermKind, str]
SomeQuery = TypeVar("SomeQuery", bound=Select[*tuple[Any, ...]])


def only_match(session: Session, organisation_id: UUID) -> tuple[Code, ...]:
    """The grounds, languages and kinds of service that no other public entry is found by, in the taxonomy's order.

    A ground is also met by its narrower terms, and by a service for all grounds.
    """
    taxonomy = load_taxonomy(session)
    is_own = ServiceRow.organisation_id == organisation_id
    own, others = _met(session, is_own, taxonomy), _met(session, ~is_own, taxonomy)
    return tuple((term.kind, term.code) for term in taxonomy.terms if (term.kind, term.code) in own - others)


def _met(session: Session, whose: ColumnElement[bool], taxonomy: Taxonomy) -> set[Code]:
    """What a search by one term would find among the public services of these entries."""
    terms = select(ServiceTermRow.kind, ServiceTermRow.code).join(
        ServiceRow, ServiceRow.id == ServiceTermRow.service_id
    )
    spoken = select(PhoneLanguageRow.code).join(ServiceRow, ServiceRow.id == PhoneLanguageRow.service_id)
    held: set[Code] = {(kind, code) for kind, code in session.execute(_distinct(terms, whose)) if kind in ASKED_FOR}
    held |= {(TermKind.LANGUAGE, code) for code in session.scalars(_distinct(spoken, whose))}
    for_all = _distinct(select(ServiceRow.all_grounds), whose).where(ServiceRow.all_grounds)
    is_for_all = session.scalars(for_all).first() is not None
    return held | {
        (TermKind.GROUND, ground.code)
        for ground in taxonomy.of(TermKind.GROUND)
        if is_for_all or any((TermKind.GROUND, code) in held for code in taxonomy.under(TermKind.GROUND, ground.code))
    }


def _distinct(query: SomeQuery, whose: ColumnElement[bool]) -> SomeQuery:
    """What a query finds among the services of public entries, each once, in an order of its own."""
    public = query.join(OrganisationRow, OrganisationRow.id == ServiceRow.organisation_id)
    return public.where(OrganisationRow.state == State.PUBLIC, whose).distinct().order_by(*query.selected_columns)
