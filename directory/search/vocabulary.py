"""The values that each filter offers, as the taxonomy orders them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.search.criteria import AUDIENCES, MORE, REPORT_WAYS, Facet
from directory.taxonomy.terms import Taxonomy, Term, TermKind

WIDER_LANGUAGES: Mapping[str, str] = {"kmr": "ku", "ckb": "ku", "cmn": "zh", "yue": "zh", "hak": "zh", "nan": "zh"}
"""Languages that a wider code of the interface stands for too: Kurdish, Chinese."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the search takes from the taxonomy."""

    values: Mapping[Facet, tuple[str, ...]]
    """The values of every facet, in order."""
    under: Mapping[str, tuple[str, ...]]
    """For each ground its own code with those of its narrower terms."""
    areas: tuple[Term, ...]
    """The areas that have a centre."""

    def to_json(self) -> dict[str, Any]:
        """As the index keeps it."""
        return {
            "values": {facet.value: list(values) for facet, values in self.values.items()},
            "under": dict(self.under),
            "areas": [[term.code, dict(term.names), term.latitude, term.longitude] for term in self.areas],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Vocabulary":
        """What `to_json` gave."""
        values = {Facet(facet): tuple(values) for facet, values in stored["values"].items()}
        under = {code: tuple(codes) for code, codes in stored["under"].items()}
        return cls(values, under, tuple(_area(*area) for area in stored["areas"]))


def vocabulary(taxonomy: Taxonomy) -> Vocabulary:
    """The values that a taxonomy gives the filters."""
    grounds = [code for top in taxonomy.top(TermKind.GROUND) for code in _with_narrower(taxonomy, top.code)]
    values = {
        Facet.GROUND: tuple(grounds),
        Facet.KIND: tuple(term.code for term in taxonomy.of(TermKind.KIND)),
        Facet.LANGUAGE: tuple(term.code for term in taxonomy.of(TermKind.LANGUAGE)),
        Facet.REPORT: REPORT_WAYS,
        Facet.FOR: AUDIENCES,
        Facet.MORE: MORE,
    }
    areas = (term for term in taxonomy.of(TermKind.AREA) if term.latitude is not None)
    return Vocabulary(
        values,
        {code: tuple(sorted(taxonomy.under(TermKind.GROUND, code))) for code in grounds},
        tuple(_area(term.code, term.names, term.latitude, term.longitude) for term in areas),
    )


def _area(code: str, names: Mapping[str, str], latitude: float | None, longitude: float | None) -> Term:
    return Term(kind=TermKind.AREA, code=code, names=dict(names), latitude=latitude, longitude=longitude)


def _with_narrower(taxonomy: Taxonomy, code: str) -> tuple[str, ...]:
    return (code, *(term.code for term in taxonomy.narrower(TermKind.GROUND, code)))
