"""The peer: SQLite FTS5 with any-word matching, and facet counts in SQL, over the very documents of the search.

It is spared much: no meanings, no spelling, no hours, no reasons, no widening of counts. It cuts off what is far below
the best score, as the search does, and gives the total, the counts by organisation and the cards of the first twenty.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from directory.lexicon.folding import words
from directory.search.analyzers import STOP_WORDS
from directory.search.criteria import Facet, SearchCriteria
from directory.search.documents import TEXT_FIELDS
from directory.search.places import Places
from directory.search.ranking import SHARE
from directory.search.vocabulary import Vocabulary

NEAR_METRES = 8000
"""How far a place may be to count as near, as in the search."""
METRES_OF_A_DEGREE = 111_195
NARROWER_EAST = 1.61
"""How much shorter a degree of longitude is than one of latitude in London."""
_WEIGHTS = ", ".join(str(weight) for weight in TEXT_FIELDS.values())
_INTERPRETING = ("interpreting:on_request", "interpreting:telephone")


@dataclass(frozen=True)
class Answer:
    """What the peer answers."""

    total: int
    cards: tuple[str, ...]
    counts: Mapping[str, int]


class Fts5:
    """The peer over a database file."""

    name = "FTS5"

    def __init__(self, path: Path, vocabulary: Vocabulary, places: Places) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript("PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL;")
        self._database.execute("CREATE TEMP TABLE found (doc INTEGER PRIMARY KEY, organisation TEXT, score REAL)")
        self._vocabulary, self._places = vocabulary, places

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def build(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Make the tables and fill them."""
        self._database.executescript(f"""
            CREATE VIRTUAL TABLE prose
                USING fts5({", ".join(TEXT_FIELDS)}, tokenize="porter unicode61 remove_diacritics 2");
            CREATE TABLE document (doc INTEGER PRIMARY KEY, organisation TEXT, shown TEXT);
            CREATE TABLE feature (doc INTEGER, feature TEXT, facet TEXT, PRIMARY KEY (doc, feature)) WITHOUT ROWID;
            CREATE TABLE point (doc INTEGER, latitude REAL, longitude REAL);
        """)
        self.replace("", documents)
        self._database.executescript("""
            CREATE INDEX by_organisation ON document (organisation);
            CREATE INDEX by_feature ON feature (feature, doc);
            CREATE INDEX by_place ON point (latitude, longitude, doc);
            ANALYZE;
        """)

    def replace(self, organisation: str, documents: Iterable[Mapping[str, Any]]) -> None:
        """Put documents in the place of an organisation's earlier ones."""
        run = self._database.execute
        run("BEGIN IMMEDIATE")
        for (doc,) in run("SELECT doc FROM document WHERE organisation = ?", (organisation,)).fetchall():
            run("DELETE FROM prose WHERE rowid = ?", (doc,))
            for table in ("document", "feature", "point"):
                run(f"DELETE FROM {table} WHERE doc = ?", (doc,))
        for document in documents:
            self._add(document)
        run("COMMIT")

    def search(self, criteria: SearchCriteria) -> Answer:
        """Answer one question."""
        run = self._database.execute
        run("DELETE FROM found")
        self._find(criteria)
        limits = {facet: self._limit(facet, values) for facet, values in criteria.chosen.items() if values}
        passing = "".join(limits.values())
        (total,) = run(f"SELECT COUNT(DISTINCT organisation) FROM found WHERE 1 {passing}").fetchone()
        cards = run(f"""
            WITH best AS (SELECT organisation, MIN(score) AS score FROM found WHERE 1 {passing}
                          GROUP BY organisation ORDER BY MIN(score), organisation LIMIT 20)
            SELECT shown FROM best JOIN found USING (organisation) JOIN document USING (doc)
            WHERE 1 {passing} ORDER BY best.score, found.score
        """).fetchall()
        return Answer(total, tuple(card for (card,) in cards), self._counts(limits))

    def _counts(self, limits: Mapping[Facet, str]) -> dict[str, int]:
        """For each value the organisations that have it, given the choices in other facets."""
        counted: dict[str, int] = {}
        free = ", ".join(f"'{facet}'" for facet in Facet if facet not in limits)
        questions = {f"IN ({free})": "".join(limits.values())}
        for facet in limits:
            questions[f"= '{facet}'"] = "".join(limit for other, limit in limits.items() if other is not facet)
        for facets, passing in questions.items():
            counted |= self._database.execute(f"""
                SELECT feature, COUNT(DISTINCT organisation) FROM found JOIN feature USING (doc)
                WHERE facet {facets} {passing} GROUP BY feature
            """).fetchall()
        return counted

    def _find(self, criteria: SearchCriteria) -> None:
        """Fill `found` with what answers the words, near the place."""
        asked = [word for word in words(criteria.words) if word not in STOP_WORDS]
        near = self._near(criteria.near)
        if not asked:
            self._database.execute(f"INSERT INTO found SELECT doc, organisation, 0 FROM document WHERE 1 {near}")
            return
        self._database.execute(
            f"""INSERT INTO found SELECT doc, organisation, bm25(prose, {_WEIGHTS})
                FROM prose JOIN document ON doc = prose.rowid WHERE prose MATCH ? {near}""",
            (" OR ".join(f'"{word}"' for word in asked),),
        )
        self._database.execute(f"DELETE FROM found WHERE score > {SHARE} * (SELECT MIN(score) FROM found)")

    def _near(self, near: str) -> str:
        place = self._places.find(near) if near else None
        if place is None:
            return ""
        north = NEAR_METRES / METRES_OF_A_DEGREE
        east = north * NARROWER_EAST
        return f"""AND doc IN (SELECT doc FROM point
            WHERE latitude BETWEEN {place.latitude - north} AND {place.latitude + north}
            AND longitude BETWEEN {place.longitude - east} AND {place.longitude + east})"""

    def _limit(self, facet: Facet, values: Iterable[str]) -> str:
        features = {f"{facet}:{value}" for value in values}
        if facet is Facet.GROUND:
            features = {f"ground:{code}" for value in values for code in self._vocabulary.under[value]}
            features.add("ground:all")
        if facet is Facet.LANGUAGE:
            features.update(_INTERPRETING)
        listed = ", ".join(f"'{feature}'" for feature in sorted(features))
        return f" AND doc IN (SELECT doc FROM feature WHERE feature IN ({listed}))"

    def _add(self, document: Mapping[str, Any]) -> None:
        run = self._database.execute
        fields = [document[field] for field in TEXT_FIELDS]
        doc = run(f"INSERT INTO prose ({', '.join(TEXT_FIELDS)}) VALUES (?, ?, ?, ?, ?)", fields).lastrowid
        run("INSERT INTO document VALUES (?, ?, ?)", (doc, document["organisation"], document["shown"]))
        features = [(doc, feature, feature.partition(":")[0]) for feature in document["features"].split()]
        self._database.executemany("INSERT INTO feature VALUES (?, ?, ?)", features)
        points = [(doc, *point) for point in document["where"]]
        self._database.executemany("INSERT INTO point VALUES (?, ?, ?)", points)
