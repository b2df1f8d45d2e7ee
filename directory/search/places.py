"""Places as people type them: postcodes, districts, wards and names such as Wood Green, and how far apart they are."""

import csv
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from statistics import fmean

from directory.lexicon.folding import fold, is_han
from directory.taxonomy.terms import Term, TermKind

EARTH_RADIUS = 6_371_009
"""The mean radius in metres."""

_OUTWARD = r"(?<![A-Z\d])([A-Z]{1,2}\d[A-Z\d]?)"
_END = r"(?![A-Z\d])"
_POSTCODE = re.compile(rf"{_OUTWARD}\s*(\d)([A-Z]{{2}}){_END}")
_SECTOR = re.compile(rf"{_OUTWARD}\s+(\d)[A-Z]?{_END}")
_SECTOR_IN_ONE = re.compile(rf"{_OUTWARD}(\d){_END}")
_DISTRICT = re.compile(_OUTWARD + _END)
_FILLERS = frozenset(
    {
        "a",
        "area",
        "around",
        "at",
        "borough",
        "by",
        "close",
        "from",
        "in",
        "london",
        "near",
        "of",
        "station",
        "the",
        "to",
        "ward",
    }
)
_ONE_ERROR, _TWO_ERRORS = 5, 9
"""Letters that a name must have at least, for one or two typing errors to be forgiven."""


class Precision(StrEnum):
    """How much ground a place covers, from the smallest up."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    """A postcode of which only the beginning is known: N15 3."""
    PLACE = "place"
    WARD = "ward"
    DISTRICT = "district"
    BOROUGH = "borough"
    REGION = "region"


_PRECISIONS = {"place": Precision.PLACE, "ward": Precision.WARD, "district": Precision.DISTRICT}
_REGIONS = frozenset({"london", "north_london"})
_ORDER = tuple(Precision)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was understood, with its centre. `code`: the area term that it is or lies in, if we have one."""

    name: str
    latitude: float
    longitude: float
    code: str | None
    precision: Precision


@dataclass(frozen=True)
class Places:
    """All places that are known."""

    postcodes: Mapping[str, Place]
    """By the postcode as it is written, N15 3QL."""
    districts: Mapping[str, Place]
    names: Mapping[str, Place]
    """By the plain form of the name."""

    @classmethod
    def load(cls, folder: Path, terms: Iterable[Term]) -> "Places":
        """Read the tables of `folder` (see its README) and the areas among `terms` that have a centre."""
        areas = sorted(_areas(terms), key=lambda known: _ORDER.index(known[0].precision))
        codes = {place.code: place for place, _ in areas}
        names: dict[str, Place] = {}
        for place, texts in areas:
            for text in texts:
                names.setdefault(_plain(text), place)
        for text, code in _rows(folder / "other_names.csv"):
            if code in codes:
                names.setdefault(_plain(text), codes[code])
        return cls(_postcodes(folder / "postcodes.csv"), _districts(folder / "districts.csv", codes), names)

    def find(self, text: str) -> Place | None:
        """Understand what was typed as a place, typing errors forgiven; None if it is not understood."""
        plain, compact = _plain(text), re.sub(r"[^A-Z\d]", "", text.upper())
        if match := _POSTCODE.fullmatch(compact):
            return self._within(*match.groups())
        return self._written(text, plain) or self._part(compact) or self._misspelt(plain)

    def words(self) -> frozenset[str]:
        """Give every word of the names."""
        return frozenset(word for name in self.names for word in name.split())

    def mentioned(self, text: str) -> Place | None:
        """Find the place that a sentence speaks of, rightly spelt; a whole region does not count."""
        place = self._written(text, _plain(text))
        return None if place is None or place.precision is Precision.REGION else place

    def _written(self, text: str, plain: str) -> Place | None:
        """Find the smallest place that stands in the words: "Wood Green N22" is Wood Green."""
        named = self.names.get(plain) or self.names.get(_without_fillers(plain)) or self._longest_name_in(plain)
        found = [place for place in (self._written_postcode(text.upper()), named) if place]
        return min(found, key=lambda place: _ORDER.index(place.precision), default=None)

    @cached_property
    def _sectors(self) -> Mapping[str, Place]:
        """By the beginning of the postcode: N15 3."""
        inside: dict[str, list[Place]] = {}
        for postcode, place in self.postcodes.items():
            inside.setdefault(postcode[:-2], []).append(place)
        return {sector: _centre(sector, places) for sector, places in inside.items()}

    @cached_property
    def _compact_names(self) -> tuple[tuple[str, Place], ...]:
        return tuple((name.replace(" ", ""), place) for name, place in self.names.items() if not is_han(name))

    def _written_postcode(self, capitals: str) -> Place | None:
        for match in (*_POSTCODE.finditer(capitals), *_SECTOR.finditer(capitals)):
            if place := self._within(*match.groups()):
                return place
        districts = (match[1] for match in _DISTRICT.finditer(capitals))
        return next((self.districts[each] for each in districts if each in self.districts), None)

    def _part(self, compact: str) -> Place | None:
        """Understand the beginning of a postcode that stands alone, without its space."""
        match = None if compact in self.districts else _SECTOR_IN_ONE.fullmatch(compact)
        return self._within(*match.groups()) if match else self.districts.get(compact)

    def _within(self, district: str, sector: str, unit: str = "") -> Place | None:
        """Find the smallest part of a postcode that is known."""
        start = f"{district} {sector}"
        return self.postcodes.get(start + unit) or self._sectors.get(start) or self.districts.get(district)

    def _longest_name_in(self, plain: str) -> Place | None:
        spaced = f" {plain} "
        found = (name for name in self.names if (name in plain if is_han(name) else f" {name} " in spaced))
        longest = max(found, key=len, default="")
        return self.names.get(longest)

    def _misspelt(self, plain: str) -> Place | None:
        """Find the one name that is nearest to the words, if it is near enough."""
        typed = _without_fillers(plain).replace(" ", "")
        near = [
            (errors, typed[:1] != name[:1], position)
            for position, (name, _) in enumerate(self._compact_names)
            if abs(len(name) - len(typed)) <= _forgiven(name)
            and (errors := typing_errors(typed, name)) <= _forgiven(name)
        ]
        return self._compact_names[min(near)[2]][1] if near else None


def distance_metres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Measure the straight way between two points given as latitude and longitude in degrees."""
    (south, west), (north, east) = (map(math.radians, point) for point in (here, there))
    chord = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(chord)))


def typing_errors(typed: str, meant: str) -> int:
    """Count the letters to add, drop, change or swap with the next one, to come from one word to the other."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(meant, start=1):
            fewest = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                fewest = min(fewest, earlier[j - 2] + 1)
            row.append(fewest)
    return row[-1]


def _forgiven(name: str) -> int:
    return (len(name) >= _ONE_ERROR) + (len(name) >= _TWO_ERRORS)


def _plain(text: str) -> str:
    """Reduce a name to its folded words with one space between them, signs left out."""
    folded = fold(text.replace("&", " and "))
    return " ".join("".join(" " if unicodedata.category(sign)[0] in "PSZC" else sign for sign in folded).split())


def _without_fillers(plain: str) -> str:
    return " ".join(word for word in plain.split() if word not in _FILLERS)


def _areas(terms: Iterable[Term]) -> Iterator[tuple[Place, list[str]]]:
    """Make a place of each area term with a centre, with the names that it is found by."""
    for term in terms:
        if term.kind is TermKind.AREA and term.latitude is not None and term.longitude is not None:
            precision = Precision.REGION if term.code in _REGIONS else Precision.BOROUGH
            precision = _PRECISIONS.get(term.code.partition(".")[0], precision)
            place = Place(term.names["en"], term.latitude, term.longitude, term.code, precision)
            names = [] if precision is Precision.DISTRICT else list(term.names.values())
            yield place, names + [name.removesuffix(" ward") for name in names]


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as stored:
        rows = csv.reader(stored)
        next(rows)
        yield from rows


def _postcodes(path: Path) -> dict[str, Place]:
    return {
        postcode: Place(postcode, float(latitude), float(longitude), ward or None, Precision.POSTCODE)
        for postcode, latitude, longitude, ward in _rows(path)
    }


def _districts(path: Path, codes: Mapping[str | None, Place]) -> dict[str, Place]:
    districts = {}
    for name, latitude, longitude in _rows(path):
        known = codes.get(f"district.{name.lower()}")
        code = known.code if known else None
        districts[name] = Place(name, float(latitude), float(longitude), code, Precision.DISTRICT)
    return districts


def _centre(name: str, places: list[Place]) -> Place:
    latitude = fmean(place.latitude for place in places)
    longitude = fmean(place.longitude for place in places)
    return Place(name, latitude, longitude, None, Precision.SECTOR)
