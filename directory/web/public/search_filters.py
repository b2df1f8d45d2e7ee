"""The filters beside the results: each facet's values with their counts, the chosen ones first, none a dead end."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from directory.search.criteria import Facet, FacetValue, SearchResults
from directory.web.fragments import fragments
from directory.web.locale import Language
from directory.web.names import Names
from directory.web.search_words import facet_name, value_name

SHOWN_AT_ONCE = 7
ALWAYS_OPEN = frozenset({Facet.GROUND, Facet.KIND, Facet.LANGUAGE})
"""Facets that stand unfolded where there is room for them."""
_TEMPLATE = "public/search_filter.html"


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet as it is drawn: its values shown at once, and those folded away."""

    facet: Facet
    name: str
    chosen: int
    unfolded: bool
    first: Markup
    more: Markup
    more_count: int


def search_filters(results: SearchResults, names: Names, language: Language) -> list[Filter]:
    """The filters that can be used with these results."""
    filters = (_filter(facet, results.facets.get(facet, ()), names, language) for facet in Facet)
    return [drawn for drawn in filters if drawn.first]


def _filter(facet: Facet, values: Iterable[FacetValue], names: Names, language: Language) -> Filter:
    useful = [value for value in values if value.count or value.chosen]
    ordered = sorted(useful, key=lambda value: _order(facet, value, language))
    chosen = sum(value.chosen for value in ordered)
    shown = max(SHOWN_AT_ONCE, chosen)
    if len(ordered) == shown + 1:
        shown += 1
    kept, beside = fragments("filter", str), (language.code, names.revision, facet)
    drawn = [kept.get((beside, value), _draw, facet, value, names) for value in ordered]
    return Filter(
        facet=facet,
        name=facet_name(facet),
        chosen=chosen,
        unfolded=facet in ALWAYS_OPEN or chosen > 0,
        first=_joined(drawn[:shown]),
        more=_joined(drawn[shown:]),
        more_count=len(drawn[shown:]),
    )


def _order(facet: Facet, value: FacetValue, language: Language) -> tuple[object, ...]:
    """Chosen ones first; then broad grounds before narrow, the reader's language and the most spoken before others."""
    if facet is Facet.GROUND:
        return (not value.chosen, "." in value.value)
    if facet is Facet.LANGUAGE:
        speaking = value.count - value.interpreting
        return (not value.chosen, value.value != language.code, -speaking)
    return (not value.chosen,)


def _draw(facet: Facet, value: FacetValue, names: Names) -> str:
    macro = current_app.jinja_env.get_template(_TEMPLATE).module.filter_value  # type: ignore[attr-defined]
    return str(macro(facet, value, value_name(facet, value.value, names)))


def _joined(drawn: list[str]) -> Markup:
    return Markup("".join(drawn))  # noqa: S704 - drawn by a template, which escapes
