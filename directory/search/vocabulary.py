"""The values that each filter offers, as the taxonomy orders them."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from directory.lexicon.meanings import AUDIENCES, MORE, REPORT_WAYS
from directory.search.criteria import Facet, SearchCriteria
from directory.taxonomy.terms import DEFAULT_LANGUAGE, Taxonomy, Term, TermKind

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
    retired: frozenset[str] = frozenset()
    """Terms that are offered no more, as features: `kind:health`."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Of each term that was merged into another, that one, both as features."""
    written: Mapping[str, str] = field(default_factory=dict)
    """What documents say of each term beside its code: its English name, and what it lies in."""

    def current(self, feature: str) -> str:
        """The feature that stands for this one today."""
        return self.merged.get(feature, feature)

    def weights(self, features: Mapping[str, float]) -> Mapping[str, float]:
        """The same weights on today's features, the greatest where two have become one."""
        if not self.merged:
            return features
        found: dict[str, float] = {}
        for feature, weight in features.items():
            now = self.current(feature)
            found[now] = max(found.get(now, weight), weight)
        return found

    def criteria(self, asked: SearchCriteria) -> SearchCriteria:
        """The same question in today's terms."""
        if not self.merged:
            return asked
        chosen = {
            facet: tuple(dict.fromkeys(self.current(f"{facet}:{value}").partition(":")[2] for value in values))
            for facet, values in asked.chosen.items()
        }
        return replace(asked, chosen=chosen, ignored=tuple(dict.fromkeys(map(self.current, asked.ignored))))

    def in_use(self, features: Container[str]) -> "Vocabulary":
        """Without the values that are offered no more, where no service has them."""
        gone = {feature for feature in self.retired if feature not in features}
        kept = {
            facet: tuple(value for value in values if f"{facet}:{value}" not in gone)
            for facet, values in self.values.items()
        }
        return replace(self, values=kept) if gone else self

    def to_json(self) -> dict[str, Any]:
        """As the index keeps it."""
        return {
            "values": {facet.value: list(values) for facet, values in self.values.items()},
            "under": dict(self.under),
            "areas": [[term.code, dict(term.names), term.latitude, term.longitude] for term in self.areas],
            "retired": sorted(self.retired),
            "merged": dict(self.merged),
            "written": dict(self.written),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Vocabulary":
        """What `to_json` gave."""
        values = {Facet(facet): tuple(values) for facet, values in stored["values"].items()}
        under = {code: tuple(codes) for code, codes in stored["under"].items()}
        areas, retired = tuple(_area(*area) for area in stored["areas"]), frozenset(stored["retired"])
        return cls(values, under, areas, retired, stored["merged"], stored["written"])


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
        frozenset(f"{term.kind}:{term.code}" for term in taxonomy.terms if term.retired),
        {f"{kind}:{code}": f"{kind}:{successor}" for (kind, code), successor in taxonomy.successors.items()},
        {f"{term.kind}:{term.code}": f"{term.names[DEFAULT_LANGUAGE]}/{term.parent}" for term in taxonomy.terms},
    )


def _area(code: str, names: Mapping[str, str], latitude: float | None, longitude: float | None) -> Term:
    return Term(kind=TermKind.AREA, code=code, names=dict(names), latitude=latitude, longitude=longitude)


def _with_narrower(taxonomy: Taxonomy, code: str) -> tuple[str, ...]:
    return (code, *(term.code for term in taxonomy.narrower(TermKind.GROUND, code)))
