"""Addresses of the search: from the parameters of a request to `SearchCriteria`, and from criteria to links."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from directory.search.criteria import Facet, SearchCriteria
from directory.web.public.sealed_question import Question, QuestionUnreadable, seal, unseal

LONGEST_WORDS = 500
LONGEST_PLACE = 100
MOST_VALUES = 50
LAST_PAGE = 1000
_FACETS = tuple(Facet)
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,60}")
_NUMBER = re.compile(r"[0-9]+")
_FULL_POSTCODE = re.compile(r"\d\s*[a-z]{2}\s*$", re.IGNORECASE)
_SPACES = re.compile(r"[\s\x00-\x1f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAddress:
    """One search as its address holds it."""

    path: str
    """The path of the search page in the reader's language."""
    criteria: SearchCriteria
    listed: tuple[str, ...] = ()
    """Slugs of the organisations on the reader's short list, carried along so that more can be added."""
    sealed: str = ""
    """The sealed question, if the address holds one."""
    expired: bool = False
    """The address held a sealed question that can no longer be read."""

    def link(self, criteria: SearchCriteria, secret_key: str, now: datetime) -> str:
        """The address of another search beside this one. What was sealed stays sealed."""
        sealed = self.sealed
        if sealed and _question(criteria) != _question(self.criteria):
            sealed = seal(_question(criteria), secret_key, now)
        pairs = [*_pairs(criteria, sealed), *(("o", slug) for slug in self.listed)]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def without_value(self, facet: Facet, value: str) -> SearchCriteria:
        """The search without one chosen value of a filter."""
        kept = tuple(chosen for chosen in self.criteria.values(facet) if chosen != value)
        return replace(self.criteria, chosen={**self.criteria.chosen, facet: kept}, page=1)

    def without_meaning(self, code: str) -> SearchCriteria:
        """The search with one understood meaning of the words taken away."""
        return replace(self.criteria, ignored=(*self.criteria.ignored, code), page=1)


def read_address(path: str, parameters: MultiDict[str, str], secret_key: str, now: datetime) -> SearchAddress:
    """The search that the parameters of a link ask for. What cannot be read of them is left out."""
    criteria, listed = _plain(parameters), _listed(parameters)
    sealed = parameters.get("s", "")
    if not sealed:
        return SearchAddress(path=path, criteria=criteria, listed=listed)
    try:
        question = unseal(sealed, secret_key, now)
    except QuestionUnreadable:
        return SearchAddress(path=path, criteria=criteria, listed=listed, expired=True)
    criteria = replace(criteria, words=question.words, near=question.near or criteria.near, ignored=question.ignored)
    return SearchAddress(path=path, criteria=criteria, listed=listed, sealed=sealed)


def address_of_form(path: str, form: MultiDict[str, str], secret_key: str, now: datetime) -> str:
    """The link that a posted form leads to: its words sealed, its filters plain.

    A full postcode is sealed with the words, since few people live at one; the name of a place is not.
    """
    before = read_address(path, form, secret_key, now).criteria
    criteria = replace(_plain(form), page=1)
    if "q" not in form:
        criteria = replace(criteria, words=before.words)
    if criteria.words == before.words:
        criteria = replace(criteria, ignored=before.ignored)
    address = SearchAddress(path=path, criteria=criteria, listed=_listed(form))
    if criteria.words or _FULL_POSTCODE.search(criteria.near):
        address = replace(address, sealed=seal(_question(criteria), secret_key, now))
    return address.link(criteria, secret_key, now)


def _plain(parameters: MultiDict[str, str]) -> SearchCriteria:
    chosen = {facet: tuple(_codes(parameters.getlist(facet))) for facet in _FACETS}
    return SearchCriteria(
        words=_text(parameters.get("q", ""), LONGEST_WORDS),
        chosen={facet: values for facet, values in chosen.items() if values},
        near=_text(parameters.get("near", ""), LONGEST_PLACE),
        ignored=tuple(_codes(parameters.getlist("not"))),
        literal=parameters.get("literal") == "1",
        page=_page(parameters.get("page", "")),
    )


def _listed(parameters: MultiDict[str, str]) -> tuple[str, ...]:
    return tuple(_codes(parameters.getlist("o")))


def _pairs(criteria: SearchCriteria, sealed: str) -> Iterator[tuple[str, str]]:
    question: Mapping[str, tuple[str, ...]] = {
        "q": (criteria.words,),
        "near": (criteria.near,),
        "not": criteria.ignored,
    }
    held = {"s": (sealed,)} if sealed else question
    yield from ((name, value) for name, values in held.items() for value in values if value)
    yield from ((facet, value) for facet in _FACETS for value in criteria.values(facet))
    if criteria.literal:
        yield "literal", "1"
    if criteria.page > 1:
        yield "page", str(criteria.page)


def _question(criteria: SearchCriteria) -> Question:
    return Question(criteria.words, criteria.near, criteria.ignored)


def _codes(values: list[str]) -> Iterator[str]:
    yield from dict.fromkeys(value for value in values[:MOST_VALUES] if _CODE.fullmatch(value))


def _page(text: str) -> int:
    """The number of a page; the first where the text is none."""
    if not _NUMBER.fullmatch(text):
        return 1
    digits = text.lstrip("0")
    return min(int(digits[: len(str(LAST_PAGE))] or 1), LAST_PAGE)


def _text(value: str, longest: int) -> str:
    return _SPACES.sub(" ", value).strip()[:longest]
