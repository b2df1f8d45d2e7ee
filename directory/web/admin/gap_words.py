"""The gap report in words: what is there beside what is asked for, side against side, and the census."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory.figures.asked import FEW
from directory.figures.census import YEAR, main_languages
from directory.figures.gaps import FOR_ALL, INTERPRETER, MANY, Coverage, Crossing, Lacks, lacks
from directory.figures.paper import Line, Paper, Section
from directory.figures.queries import Searches
from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.admin.report_words import number, times_asked
from directory.web.names import Names

SIDES: Mapping[TermKind, str] = {
    TermKind.GROUND: "Grounds",
    TermKind.KIND: "Kinds of service",
    TermKind.LANGUAGE: "Languages",
    TermKind.AREA: "Areas served",
}
"""The sides, as they are called."""
ONE: Mapping[TermKind, str] = {
    TermKind.GROUND: "Ground",
    TermKind.KIND: "Kind of service",
    TermKind.LANGUAGE: "Language",
    TermKind.AREA: "Area served",
}
PSEUDO = {
    (TermKind.GROUND, FOR_ALL): "For all grounds",
    (TermKind.LANGUAGE, INTERPRETER): "With an interpreter",
}
MOST_LANGUAGES, MOST_DRAWN = 40, 12
"""Languages of the census that are shown, and that are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What somebody wants to look at: one side against another, at those services alone that fit."""

    rows: TermKind
    columns: TermKind
    only: Mapping[TermKind, str]


@dataclass(frozen=True, slots=True)
class GapWords:
    """Makes the tables from what is offered and what was asked for."""

    coverage: Coverage
    taxonomy: Taxonomy
    searches: Searches
    names: Names

    def paper(self, sight: Sight) -> Paper:
        """The whole report, as somebody wants to look at it."""
        crossing = self.coverage.cross(sight.rows, sight.columns, sight.only)
        return Paper(
            title="What the borough lacks",
            about="What listed services offer today, beside what people searched for in the last 365 days.",
            summary=tuple(lacks_in_words(lacks(self.coverage, self.taxonomy), self.names)),
            sections=(self._asked(sight, crossing), self._crossed(sight, crossing), self._census()),
        )

    def name(self, side: TermKind, code: str) -> str:
        """The name of one value of a side."""
        if (side, code) in PSEUDO:
            return PSEUDO[side, code]
        named = {TermKind.GROUND: self.names.ground, TermKind.KIND: self.names.kind, TermKind.AREA: self.names.area}
        return named.get(side, self.names.spoken)(code)

    def _asked(self, sight: Sight, crossing: Crossing) -> Section:
        side = sight.rows
        note = f"Numbers of searches below {FEW} are not told. A search that both chose and said it is in both."
        return Section(
            title=f"{SIDES[side]}: what is there, and what is asked for",
            head=(
                ONE[side],
                "Organisations",
                "Searches that chose it",
                "Searches whose words meant it",
                "Found nothing",
            ),
            lines=tuple(
                self._asked_line(side, code, crossing.rows.get(code, 0)) for code in self._codes(side, crossing.rows)
            ),
            note=f"{note} Places that people type are never counted." if side is TermKind.AREA else note,
        )

    def _asked_line(self, side: TermKind, code: str, organisations: int) -> Line:
        asked = self.searches.of(side.value, code)
        is_counted = side is not TermKind.AREA and (side, code) not in PSEUDO
        times = (asked.chosen, asked.understood, asked.in_vain)
        cells = (times_asked(count) if is_counted else "not counted" for count in times)
        return Line(self.row_name(side, code), (number(organisations), *cells))

    def _crossed(self, sight: Sight, crossing: Crossing) -> Section:
        rows, columns = self._codes(sight.rows, crossing.rows), self._codes(sight.columns, crossing.columns)
        only = ", ".join(self.name(side, code) for side, code in sight.only.items())
        fitting = f", and that is for: {only}" if only else ""
        return Section(
            title=f"{SIDES[sight.rows]} and {SIDES[sight.columns].lower()}",
            head=(ONE[sight.rows], *(self.name(sight.columns, code) for code in columns)),
            lines=tuple(
                Line(
                    self.row_name(sight.rows, code),
                    tuple(number(crossing.cells.get((code, column), 0)) for column in columns),
                )
                for code in rows
            ),
            note=f"Organisations with one service that is both{fitting}. {number(crossing.total)} in all.",
        )

    def _codes(self, side: TermKind, there: Mapping[str, int]) -> Sequence[str]:
        """What is shown of a side: all grounds and kinds; of languages and areas those that somebody offers."""
        pseudo = [code for held, code in PSEUDO if held is side and code in there]
        terms = [term.code for term in self.taxonomy.of(side) if not term.retired or term.code in there]
        if side in {TermKind.GROUND, TermKind.KIND}:
            return [*pseudo, *terms]
        return [*pseudo, *(code for code in terms if code in there)]

    def row_name(self, side: TermKind, code: str) -> str:
        """The name, with that of the broader ground before it."""
        name = self.name(side, code)
        above = (
            self.taxonomy.term(side, code).parent if side is TermKind.GROUND and self.taxonomy.has(side, code) else ""
        )
        return f"{self.name(side, above)}: {name}" if above else name

    def _census(self) -> Section:
        spoken = self.coverage.offered[TermKind.LANGUAGE]
        held = [language for language in main_languages() if language.codes][1 : MOST_LANGUAGES + 1]
        top = max((language.people for language in held), default=1)

        def speaking(codes: Sequence[str]) -> int:
            return len(frozenset().union(*(spoken.get(code, frozenset()) for code in codes)))

        return Section(
            title=f"Main languages of residents other than English, at the census of {YEAR}",
            head=("Language", "Residents", "Organisations whose staff speak it"),
            lines=tuple(
                Line(
                    language.name,
                    (number(language.people), number(speaking(language.codes))),
                    language.people / top if place < MOST_DRAWN else None,
                )
                for place, language in enumerate(held)
            ),
            note="Residents of Haringey aged 3 and over. Source: Office for National Statistics, Census 2021,"
            " table TS024, under the Open Government Licence v3.0.",
        )


def lacks_in_words(lacks: Lacks, names: Names) -> Iterator[str]:
    """What nobody offers, in sentences."""
    if lacks.kinds:
        yield f"No listed service offers: {'; '.join(names.kind(code) for code in lacks.kinds)}."
    if lacks.grounds:
        yield f"No service is there in particular for: {'; '.join(names.ground(code) for code in lacks.grounds)}."
    if lacks.languages:
        spoken = "; ".join(f"{language.name} ({number(language.people)})" for language in lacks.languages)
        yield f"Main languages of {MANY} or more residents that no listed staff speaks: {spoken}."
