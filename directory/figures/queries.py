"""Reading what was counted of searches."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.figures.asked import By
from directory.figures.models import SearchCountRow
from directory.taxonomy.terms import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How often one thing was asked for."""

    chosen: int = 0
    """By a filter."""
    understood: int = 0
    """In words."""
    in_vain: int = 0
    """Of both together, those for which nothing was found that fits."""

    def __add__(self, other: "Asked") -> "Asked":
        return Asked(
            chosen=self.chosen + other.chosen,
            understood=self.understood + other.understood,
            in_vain=self.in_vain + other.in_vain,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Searches:
    """What was asked for in some time."""

    all: int
    """All searches."""
    in_vain: int
    """Of those, the ones for which nothing was found that fits."""
    asked: Mapping[tuple[str, str], Asked]
    """By facet and code; a search that chose and said the same is in both of its numbers."""

    def of(self, facet: str, code: str) -> Asked:
        """What was asked of one thing."""
        return self.asked.get((facet, code), Asked())


def searches(session: Session, first: date, last: date, taxonomy: Taxonomy) -> Searches:
    """What was asked for from one day to another, both counted, in today's terms."""
    found = session.execute(
        select(
            SearchCountRow.asked_by,
            SearchCountRow.facet,
            SearchCountRow.code,
            func.sum(SearchCountRow.searches),
            func.sum(SearchCountRow.in_vain),
        )
        .where(SearchCountRow.day.between(first, last))
        .group_by(SearchCountRow.asked_by, SearchCountRow.facet, SearchCountRow.code)
    ).all()
    merged = {(kind.value, code): successor for (kind, code), successor in taxonomy.successors.items()}
    asked: dict[tuple[str, str], Asked] = defaultdict(Asked)
    for by, facet, code, number, in_vain in found:
        if by is not By.ALL:
            is_chosen = by is By.CHOSEN
            asked[facet, merged.get((facet, code), code)] += Asked(
                chosen=number if is_chosen else 0, understood=0 if is_chosen else number, in_vain=in_vain
            )
    every = [(number, in_vain) for by, *_, number, in_vain in found if by is By.ALL]
    return Searches(all=sum(n for n, _ in every), in_vain=sum(n for _, n in every), asked=dict(asked))
