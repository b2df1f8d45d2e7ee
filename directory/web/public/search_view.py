"""The results page as plain values: chips, sentences and links, ready for its template."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from directory.search.criteria import Loosening, OrganisationHit, SearchCriteria, SearchResults
from directory.web.locale import Language
from directory.web.names import Names
from directory.web.public.result_cards import CardDrawer
from directory.web.public.search_address import SearchAddress
from directory.web.public.search_filters import Filter, search_filters
from directory.web.search_words import loosened_in_words, meaning_name, value_name


@dataclass(frozen=True, slots=True)
class Chip:
    """Something understood or chosen, and the link that takes it away."""

    name: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """Everything that the template of the results shows."""

    title: str
    address: SearchAddress
    criteria: SearchCriteria
    results: SearchResults
    cards: list[Markup]
    helplines: list[Markup]
    helplines_first: bool
    """Nothing answers the words, so lines for anyone come before everything else."""
    filters: list[Filter]
    understood: list[Chip]
    chosen: list[Chip]
    clear_link: str
    literal_link: str
    loosened: str
    unknown_place: bool
    previous_link: str
    next_link: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Makes the view of one search in one language at one moment."""

    address: SearchAddress
    results: SearchResults
    names: Names
    language: Language
    secret_key: str
    now: datetime

    def view(self) -> SearchView:
        """The view."""
        criteria, results = self.address.criteria, self.results
        drawer = CardDrawer(self.language, self.names, self.now)
        hits, helplines = self._parts()
        return SearchView(
            title=self._title(),
            address=self.address,
            criteria=criteria,
            results=results,
            cards=[drawer.organisation(hit) for hit in hits],
            helplines=[drawer.organisation(hit, selectable=False) for hit in helplines],
            helplines_first=self._lines_first,
            filters=search_filters(results, self.names, self.language),
            understood=list(self._understood()),
            chosen=list(self._chosen()),
            clear_link=self._link(replace(criteria, chosen={}, near="", page=1)),
            literal_link=self._link(replace(criteria, literal=True, page=1)) if results.did_you_mean else "",
            loosened=loosened_in_words(results.loosened, has_choices=bool(criteria.chosen)),
            unknown_place=bool(criteria.near) and not results.place,
            previous_link=self._page(results.page - 1) if results.page > 1 else "",
            next_link=self._page(results.page + 1) if results.page < results.pages else "",
        )

    @property
    def _lines_first(self) -> bool:
        return Loosening.WORDS in self.results.loosened

    def _parts(self) -> tuple[tuple[OrganisationHit, ...], tuple[OrganisationHit, ...]]:
        """Results and lines for anyone; who stands in the part that comes first is not shown again in the other."""
        hits, helplines = self.results.hits, self.results.helplines
        shown = {hit.slug for hit in (helplines if self._lines_first else hits)}
        if self._lines_first:
            return tuple(hit for hit in hits if hit.slug not in shown), helplines
        return hits, tuple(line for line in helplines if line.slug not in shown)

    def _title(self) -> str:
        criteria, total = self.address.criteria, self.results.total
        if self.results.loosened:
            return _("Nothing matched exactly")
        if not (criteria.words or criteria.chosen or criteria.near):
            return ngettext("%(number)s organisation", "%(number)s organisations", total, number=format_decimal(total))
        return ngettext(
            "%(number)s organisation found", "%(number)s organisations found", total, number=format_decimal(total)
        )

    def _link(self, criteria: SearchCriteria) -> str:
        return self.address.link(criteria, self.secret_key, self.now)

    def _page(self, page: int) -> str:
        return self._link(replace(self.address.criteria, page=page))

    def _understood(self) -> Iterator[Chip]:
        for meaning in self.results.understood:
            code = f"{meaning.kind}:{meaning.code}"
            yield Chip(meaning_name(meaning, self.names), self._link(self.address.without_meaning(code)))

    def _chosen(self) -> Iterator[Chip]:
        criteria = self.address.criteria
        for facet, values in criteria.chosen.items():
            for value in values:
                yield Chip(value_name(facet, value, self.names), self._link(self.address.without_value(facet, value)))
        if criteria.near:
            place = self.results.place or criteria.near
            yield Chip(_("near %(place)s", place=place), self._link(replace(criteria, near="", page=1)))
