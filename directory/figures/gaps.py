"""What the public entries offer, to be looked at from two sides at a time: grounds, kinds, languages and areas."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import String, cast, func, literal, select
from sqlalchemy.orm import Session

from directory.figures.census import MainLanguage, main_languages
from directory.organisations.details import Interpreting
from directory.organisations.models import OrganisationRow
from directory.organisations.rules import State
from directory.organisations.service_models import (
    PhoneLanguageRow,
    ServiceInterpretingRow,
    ServiceRow,
    ServiceTermRow,
)
from directory.taxonomy.terms import Taxonomy, TermKind

SIDES = (TermKind.GROUND, TermKind.KIND, TermKind.LANGUAGE, TermKind.AREA)
"""The sides from which the offer is looked at."""
FOR_ALL = "all"
"""Among grounds: the service is for every ground, and says so."""
INTERPRETER = "interpreter"
"""Among languages: the service can get an interpreter, for other languages than those its staff speak."""
MANY = 200
"""Residents with a main language from which on nobody speaking it is called a gap."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One public service: whose it is (as the database writes an id), and what it is for, as `ground:race`."""

    organisation: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """How many organisations have a service that is both, for every pair; and that is the one or the other alone."""

    cells: Mapping[tuple[str, str], int]
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    total: int


@dataclass(frozen=True)
class Coverage:
    """All public services."""

    offers: Sequence[Offer]
    names: Mapping[TermKind, frozenset[str]]
    """What there can be on each side."""
    wider: Mapping[str, frozenset[str]]
    """For each area what serves it: itself, and the areas around it."""

    def cross(self, rows: TermKind, columns: TermKind, only: Mapping[TermKind, str]) -> Crossing:
        """Look at the services from two sides, at those alone that fit `only`."""
        wanted = [self._fitting(side, code) for side, code in only.items()]
        row_names, column_names = self.names[rows], self.names[columns]
        cells = defaultdict[tuple[str, str], set[str]](set)
        alone = defaultdict[str, set[str]](set)
        everybody = set()
        for offer in self.offers:
            if all(offer.names & fitting for fitting in wanted):
                everybody.add(offer.organisation)
                in_rows, in_columns = offer.names & row_names, offer.names & column_names
                for name in in_rows | in_columns:
                    alone[name].add(offer.organisation)
                for row in in_rows:
                    for column in in_columns:
                        cells[row, column].add(offer.organisation)
        return Crossing(
            cells={(_code(row), _code(column)): len(held) for (row, column), held in cells.items()},
            rows={_code(name): len(held) for name, held in alone.items() if name in row_names},
            columns={_code(name): len(held) for name, held in alone.items() if name in column_names},
            total=len(everybody),
        )

    @cached_property
    def offered(self) -> Mapping[TermKind, Mapping[str, frozenset[str]]]:
        """By side, the organisations that have a service for each code."""
        held = {side: defaultdict[str, set[str]](set) for side in SIDES}
        for offer in self.offers:
            for name in offer.names:
                side, _, code = name.partition(":")
                held[TermKind(side)][code].add(offer.organisation)
        return {side: {code: frozenset(them) for code, them in codes.items()} for side, codes in held.items()}

    def _fitting(self, side: TermKind, code: str) -> frozenset[str]:
        """Where somebody who looks for this may be sent: also to what is for all grounds, or serves a wider area."""
        if side is TermKind.AREA:
            return self.wider.get(code, frozenset())
        return frozenset({_name(side, code), *([_name(side, FOR_ALL)] if side is TermKind.GROUND else [])})


def load_coverage(session: Session, taxonomy: Taxonomy) -> Coverage:
    """What the public entries offer now, by one question that the database gathers to a row for each service."""
    terms = {side: [term.code for term in taxonomy.of(side)] for side in SIDES}
    counts_for = {
        _name(TermKind.GROUND, code): _chain(taxonomy, TermKind.GROUND, code) for code in terms[TermKind.GROUND]
    }
    sets: dict[str, frozenset[str]] = {}
    offers = []
    for organisation, is_for_all, named, spoken, is_interpreting in session.execute(_services()):
        text = f"{named or ''} {spoken or ''}"
        if is_for_all:
            text += f" {_name(TermKind.GROUND, FOR_ALL)}"
        if is_interpreting:
            text += f" {_name(TermKind.LANGUAGE, INTERPRETER)}"
        if text not in sets:
            own = text.split()
            sets[text] = frozenset(own).union(*(counts_for[name] for name in own if name in counts_for))
        offers.append(Offer(organisation, sets[text]))
    pseudo = {TermKind.GROUND: [FOR_ALL], TermKind.LANGUAGE: [INTERPRETER]}
    return Coverage(
        offers=tuple(offers),
        names={side: frozenset(_name(side, code) for code in (*terms[side], *pseudo.get(side, ()))) for side in SIDES},
        wider={code: frozenset(_chain(taxonomy, TermKind.AREA, code)) for code in terms[TermKind.AREA]},
    )


def _name(side: TermKind, code: str) -> str:
    return f"{side}:{code}"


def _code(name: str) -> str:
    return name.partition(":")[2]


def _chain(taxonomy: Taxonomy, side: TermKind, code: str) -> tuple[str, ...]:
    """The names of a term and of the broader ones that it lies under."""

    def upwards(code: str) -> Iterator[str]:
        while code:
            yield _name(side, code)
            code = taxonomy.term(side, code).parent

    return tuple(upwards(code))


def _services() -> Any:
    """A row for each service of a public entry, with its terms and the languages of its numbers as words."""
    of_term = cast(ServiceTermRow.kind, String) + literal(":") + ServiceTermRow.code
    spoken = literal(f"{TermKind.LANGUAGE}:") + PhoneLanguageRow.code
    terms = select(func.aggregate_strings(of_term, " ")).where(
        ServiceTermRow.service_id == ServiceRow.id, ServiceTermRow.kind.in_(SIDES)
    )
    languages = select(func.aggregate_strings(spoken, " ")).where(PhoneLanguageRow.service_id == ServiceRow.id)
    interpreting = select(ServiceInterpretingRow.way).where(
        ServiceInterpretingRow.service_id == ServiceRow.id,
        ServiceInterpretingRow.way.in_((Interpreting.ON_REQUEST, Interpreting.TELEPHONE)),
    )
    return (
        select(
            cast(ServiceRow.organisation_id, String),
            ServiceRow.all_grounds,
            terms.scalar_subquery(),
            languages.scalar_subquery(),
            interpreting.exists(),
        )
        .join(OrganisationRow, OrganisationRow.id == ServiceRow.organisation_id)
        .where(OrganisationRow.state == State.PUBLIC)
        .order_by(ServiceRow.id)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacks:
    """What nobody offers."""

    grounds: Sequence[str]
    """Grounds that no service is for in particular; those for all grounds help there too."""
    kinds: Sequence[str]
    """Kinds of service."""
    languages: Sequence[MainLanguage]
    """Languages of many residents that nobody's staff speaks."""


def lacks(coverage: Coverage, taxonomy: Taxonomy) -> Lacks:
    """What nobody offers, in the taxonomy's order, and languages by how many residents have them."""
    grounds, kinds, spoken = (coverage.offered[side] for side in (TermKind.GROUND, TermKind.KIND, TermKind.LANGUAGE))
    return Lacks(
        grounds=[term.code for term in taxonomy.offered(TermKind.GROUND) if term.code not in grounds],
        kinds=[term.code for term in taxonomy.offered(TermKind.KIND) if term.code not in kinds],
        languages=[
            language
            for language in main_languages()
            if language.people >= MANY and language.codes and not any(code in spoken for code in language.codes)
        ],
    )
