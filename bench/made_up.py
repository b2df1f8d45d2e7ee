"""A made-up directory of any size, the same every time; a larger one begins with the smaller one.

How common each fact is follows the entries of the seed; text follows Zipf's law, so that a few words stand nearly
everywhere and thousands of names stand once or twice.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from bench import words
from bench.facts import ABOUT, AREAS, GROUNDS, HOURS, KINDS, LANGUAGES, NUMBER_KINDS
from directory.directory_revision import raise_directory_revision
from directory.organisations import stored
from directory.organisations.details import (
    Interpreting,
    LocationDetails,
    OrganisationDetails,
    OrganisationKind,
    Phone,
    PhoneKind,
    ServiceDetails,
)
from directory.organisations.models import OrganisationRow, RevisionRow, SlugRow
from directory.organisations.operations import add_organisation, publish
from directory.organisations.rows import write_details
from directory.organisations.rules import State

NAMESPACE = UUID("5d0a1c0e-0b1e-5a6f-8f7e-6f1b7f3d2c11")
SEED = Path(__file__).parents[1] / "seed"
NAMES = 4000
"""How many made-up names there are in all."""
T = TypeVar("T")


class Pool(Generic[T]):
    """Things to draw from: the nth is drawn 1/n times as often as the first, or as often as its weight says."""

    def __init__(self, things: Sequence[T], weights: Sequence[float] | None = None) -> None:
        self.things = things
        self._sums = list(accumulate(weights or [1 / rank for rank in range(1, len(things) + 1)]))

    def one(self, random: Random) -> T:
        return random.choices(self.things, cum_weights=self._sums)[0]

    def some(self, random: Random, number: int) -> tuple[T, ...]:
        """Up to `number` different ones, in order."""
        return tuple(sorted({self.one(random) for _ in range(number)}))  # type: ignore[type-var]


@dataclass(frozen=True)
class Entry:
    """One made-up organisation."""

    id: UUID
    slug: str
    details: OrganisationDetails


def made_up(services: int, seed: int = 1) -> Iterator[Entry]:
    """As many organisations as have `services` services in all."""
    number = 0
    while services > 0:
        number += 1
        entry = _Maker(seed, number).entry(services)
        services -= len(entry.details.services)
        yield entry


def store(session: Session, entries: Iterable[Entry], now: datetime) -> None:
    """Publish the entries as people would. The caller commits."""
    for entry in entries:
        add_organisation(session, organisation_id=entry.id, slug=entry.slug, details=entry.details, by="bench", now=now)
        publish(session, entry.id, entry.details, by="bench", why="made up", now=now)


def store_at_once(session: Session, entries: Iterable[Entry], now: datetime) -> None:
    """Leave the rows that `store` leaves, without its checks and reads, a few times faster. The caller commits."""
    raise_directory_revision(session)
    for entry in entries:
        row = OrganisationRow(
            id=entry.id,
            state=State.PUBLIC,
            revision=1,
            edited_at=now,
            edited_by="bench",
            slugs=[SlugRow(slug=entry.slug, is_current=True)],
            **{name: [] for name in ("other_names", "translations", "services", "locations", "sources", "notes")},
        )
        write_details(row, entry.details)
        session.add(row)
        session.flush()
        session.add(
            RevisionRow(
                organisation_id=row.id,
                number=1,
                details=stored.dump(entry.details),
                made_at=now,
                made_by="bench",
                why="made up",
            )
        )
    session.flush()


class _Maker:
    """Makes one organisation from dice of its own."""

    def __init__(self, seed: int, number: int) -> None:
        self.random = Random(f"{seed}/{number}")
        self.slug = f"made-up-{number}"
        self.place = _places().one(self.random)

    def entry(self, most_services: int) -> Entry:
        number = min(most_services, self._count((0.55, 0.2, 0.12, 0.08, 0.03, 0.02)) + 1)
        locations = tuple(self._location(n) for n in range(self._count((0.45, 0.42, 0.1, 0.03))))
        name = f"{self._name()} {self.pick(words.FORMS)}"
        details = OrganisationDetails(
            name=name,
            kind=self.random.choice(list(OrganisationKind)),
            other_names=(f"{self._name()} {self._name()}",) if self.chance(0.3) else (),
            description=self._text(2),
            website=f"https://{self.slug}.example/",
            services=tuple(self._service(n, locations) for n in range(number)),
            locations=locations,
        )
        return Entry(self._id("organisation"), self.slug, details)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def fact(self, known: float, yes: float = 1.0) -> bool | None:
        return self.chance(yes) if self.chance(known) else None

    def pick(self, things: Sequence[T]) -> T:
        return Pool(things).one(self.random)

    def _service(self, n: int, locations: tuple[LocationDetails, ...]) -> ServiceDetails:
        for_all = self.chance(0.29)
        reports = self.fact(0.3)
        return ServiceDetails(
            id=self._id(f"service/{n}"),
            name=f"{self.pick(words.SERVICES)} {self._name()}" if self.chance(0.5) else self.pick(words.SERVICES),
            description=self._text(2),
            kinds=KIND_POOL.some(self.random, 1 + self._count((0.15, 0.3, 0.35, 0.2))),
            grounds=() if for_all else GROUND_POOL.some(self.random, self._count((0.05, 0.25, 0.35, 0.2, 0.15))),
            all_grounds=for_all,
            languages=LANGUAGE_POOL.some(self.random, self._count((0.6, 0.12, 0.12, 0.08, 0.05, 0.03))),
            interpreting=(Interpreting.ON_REQUEST,) if self.chance(0.15) else (),
            phones=self._phones(),
            email=f"help@{self.slug}.example" if self.chance(0.4) else "",
            form=f"https://{self.slug}.example/form" if self.chance(0.15) else "",
            in_person=self.fact(0.2),
            home_visits=self.fact(0.1),
            opening_hours=HOUR_POOL.one(self.random),
            areas=(AREA_POOL.one(self.random),),
            **self._conditions(),
            locations=tuple(place.id for place in locations if self.chance(0.8)),
            takes_reports=reports,
            third_party_reporting=self.fact(0.4) if reports else None,
            anonymous_reports=self.fact(0.3) if reports else None,
            independent_of_police=self.fact(0.3) if reports else None,
            after_reporting=self._text(1) if reports else "",
        )

    def _conditions(self) -> dict[str, Any]:
        """Who it is for and how to get it."""
        least = self.random.choice((11, 16, 18, 50, 60)) if self.chance(0.15) else None
        return {
            "minimum_age": least,
            "maximum_age": 25 if least in {11, 16} else None,
            "women_only": self.fact(0.1),
            "lgbt_only": self.fact(0.08),
            "eligibility": self._sentence() if self.chance(0.7) else "",
            "how_to_get_help": f"Ring, write or come by. {self._sentence()}",
            "free": self.fact(0.4),
            "access": ("step_free",) if self.chance(0.2) else (),
        }

    def _phones(self) -> tuple[Phone, ...]:
        numbers = self.random.sample(range(1000), self._count((0.25, 0.6, 0.12, 0.03)))
        return tuple(
            Phone(
                number=f"+442079460{number:03}",
                kind=PhoneKind(NUMBER_POOL.one(self.random)) if place else PhoneKind.VOICE,
                opening_hours=HOUR_POOL.one(self.random),
            )
            for place, number in enumerate(numbers)
        )

    def _location(self, n: int) -> LocationDetails:
        postcode, latitude, longitude, ward = self.place if n == 0 else _places().one(self.random)
        street = self.pick(words.STREETS) if self.chance(0.5) else f"{self._name()} Road"
        return LocationDetails(
            id=self._id(f"location/{n}"),
            address=(f"{self.random.randint(100, 999)} {street}",),
            town="London",
            postcode=postcode,
            area=ward,
            latitude=latitude,
            longitude=longitude,
            withheld=bool(ward) and self.chance(0.1),
        )

    def _text(self, sentences: int) -> str:
        return " ".join(self._sentence() for _ in range(sentences))

    def _sentence(self) -> str:
        drawn = {name: _list(name).one(self.random) for name in words.LISTS}
        frame = self.random.choice(words.SENTENCES)
        help_ = drawn["help"]
        return frame.format(**drawn, Help=help_[0].upper() + help_[1:], name=self._name(), place=self._near())

    def _near(self) -> str:
        return ABOUT_POOL.one(self.random)

    def _name(self) -> str:
        return _names().one(self.random)

    def _count(self, weights: Sequence[float]) -> int:
        """A number from 0 up, each as likely as its weight."""
        return self.random.choices(range(len(weights)), weights)[0]

    def _id(self, what: str) -> UUID:
        return uuid5(NAMESPACE, f"{self.slug}/{what}")


KIND_POOL = Pool(list(KINDS), list(KINDS.values()))
GROUND_POOL = Pool(list(GROUNDS), list(GROUNDS.values()))
AREA_POOL = Pool(list(AREAS), list(AREAS.values()))
HOUR_POOL = Pool(list(HOURS), list(HOURS.values()))
NUMBER_POOL = Pool(list(NUMBER_KINDS), list(NUMBER_KINDS.values()))
LANGUAGE_POOL = Pool(LANGUAGES)
ABOUT_POOL = Pool(ABOUT)


@cache
def _list(name: str) -> Pool[str]:
    return Pool(words.LISTS[name])


@cache
def _names() -> Pool[str]:
    """Made-up names, each a word of its own."""
    random = Random("names")
    names: dict[str, None] = {}
    while len(names) < NAMES:
        middle = random.choice(["", *words.MIDDLES.split()])
        names[(random.choice(words.BEGINNINGS.split()) + middle + random.choice(words.ENDINGS.split())).title()] = None
    return Pool(list(names))


@cache
def _places() -> Pool[tuple[str, float, float, str]]:
    """Three places in Haringey for one in the districts around it: postcode, latitude, longitude, ward."""
    inside = [(code, float(north), float(east), ward) for code, north, east, ward in _rows("postcodes.csv") if ward]
    around = [(code, float(north), float(east), "") for code, north, east in _rows("districts.csv")]
    return Pool([*inside, *around], [3 / len(inside)] * len(inside) + [1 / len(around)] * len(around))


def _rows(name: str) -> list[list[str]]:
    with (SEED / "places" / name).open(encoding="utf-8", newline="") as table:
        return list(csv.reader(table))[1:]
