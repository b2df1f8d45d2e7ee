"""The index as one process reads it: Whoosh for the words, plain sets for filters and counts."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from whoosh.query.compound import Or
from whoosh.query.terms import Term
from whoosh.scoring import BM25F

from directory.lexicon.folding import words
from directory.lexicon.lexicon import Entry, Lexicon
from directory.search.documents import TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class Document:
    """A service as the index holds it."""

    number: int
    """Its number in the Whoosh index."""
    organisation: str
    features: frozenset[str]
    card: Mapping[str, Any]
    where: tuple[tuple[float, float], ...]
    names: tuple[str, ...]
    spelling: frozenset[str]

    @property
    def slug(self) -> str:
        """The slug of its organisation."""
        return str(self.card["slug"])


@dataclass
class Snapshot:
    """One state of the index, unchanging while it is read."""

    searcher: Any
    directory_revision: int
    documents: tuple[Document, ...] = field(init=False)
    opening: tuple[str, frozenset[int]] = field(init=False, default=("", frozenset()))
    """The services open now, with the minute for which that holds."""

    def __post_init__(self) -> None:
        reader = self.searcher.reader()
        self.documents = tuple(_document(number, stored) for number, stored in reader.iter_docs())

    @cached_property
    def by_number(self) -> dict[int, int]:
        """Positions in `documents` by their number in the Whoosh index."""
        return {document.number: position for position, document in enumerate(self.documents)}

    @cached_property
    def for_some(self) -> frozenset[int]:
        """Positions of the documents that are for some people of a ground only, such as Sikhs."""
        narrower = (name for name in self.with_feature if name.startswith("ground:") and "." in name)
        return frozenset().union(*(self.with_feature[name] for name in narrower))

    @cached_property
    def with_feature(self) -> dict[str, frozenset[int]]:
        """Positions of the documents with each feature."""
        found: dict[str, set[int]] = {}
        for position, document in enumerate(self.documents):
            for feature in document.features:
                found.setdefault(feature, set()).add(position)
        return {feature: frozenset(positions) for feature, positions in found.items()}

    def having(self, *features: str) -> frozenset[int]:
        """Positions of the documents with any of the features."""
        return frozenset().union(*(self.with_feature.get(feature, ()) for feature in features))

    @cached_property
    def everything(self) -> frozenset[int]:
        """Positions of all documents."""
        return frozenset(range(len(self.documents)))

    @cached_property
    def names(self) -> Lexicon:
        """The names of the organisations, as a lexicon whose meanings are slugs."""
        named = {(name, document.slug) for document in self.documents for name in document.names}
        return Lexicon((name, Entry("", (slug,))) for name, slug in sorted(named))

    @cached_property
    def name_words(self) -> frozenset[str]:
        """Every word of the organisations' names."""
        return frozenset(word for document in self.documents for name in document.names for word in words(name))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the entries, unstemmed."""
        return frozenset().union(*(document.spelling for document in self.documents))

    def text_scores(self, terms: Mapping[str, float], fields: Iterable[str] = TEXT_FIELDS) -> dict[int, float]:
        """BM25F scores by position for documents with any of the stemmed `terms`, each with its weight."""
        fields = tuple(fields)
        clauses = [Term(name, term, boost=weight) for term, weight in terms.items() for name in fields]
        if not clauses:
            return {}
        found = self.searcher.search(Or(clauses), limit=None)
        return {self.by_number[number]: score for score, number in found.top_n}

    def organisations(self, positions: Iterable[int]) -> set[str]:
        """The organisations of the documents at `positions`."""
        return {self.documents[position].organisation for position in positions}


def read(index: Any, directory_revision: int) -> Snapshot:
    """Open a snapshot of a Whoosh index."""
    return Snapshot(index.searcher(weighting=BM25F()), directory_revision)


def _document(number: int, stored: Mapping[str, Any]) -> Document:
    return Document(
        number,
        stored["organisation"],
        frozenset(stored["features"].split()),
        json.loads(stored["shown"]),
        tuple(map(tuple, stored["where"])),
        tuple(stored["names"]),
        frozenset(stored["spelling"].split()),
    )
