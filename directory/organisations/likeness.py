"""How alike two entries are, and why: points for names, numbers, websites and places. Pure."""

# ruff: noqa: RUF001 - letters that look alike are the subject here

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from urllib.parse import urlsplit

ENOUGH = 60
"""Points from which two entries are likely to be one."""
NAME, NUMBER, WEBSITE, PLACE = "name", "number", "website", "place"
POINTS: Mapping[str, int] = {NAME: 60, NUMBER: 35, WEBSITE: 30, PLACE: 25}
"""The most that each reason can give: one and the same name is enough, else it takes two reasons."""
LEAST_ALIKE = 0.6
"""Names less alike than this say nothing."""
TYPING_ERROR = 0.82
"""From this likeness on two words are one, typed differently."""

# fmt: off
COMMON_WORDS = frozenset({
    "a", "and", "of", "the", "for", "in", "to", "at", "on", "by", "uk", "national", "british", "association",
    "centre", "center", "charity", "charitable", "community", "foundation", "group", "helpline", "line", "ltd",
    "limited", "network", "organisation", "project", "service", "services", "society", "support", "team", "trust",
    "cic", "cio", "co",
})
# fmt: on
"""Words of so many names that they do not tell one from another."""
_NOT_A_WORD = re.compile(r"[\W_]+")
_NO_LETTERS = re.compile(r"['’ʼ`]")


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an entry is compared: words of each of its names, numbers, hosts of websites, places."""

    names: tuple[frozenset[str], ...]
    numbers: frozenset[str]
    websites: frozenset[str]
    places: frozenset[str]


def likeness(one: Traits, other: Traits) -> dict[str, int]:
    """The points for each reason to think that two entries are one; no reason, no entry."""
    alike = max((_names_alike(a, b) for a in one.names for b in other.names), default=0.0)
    found = {
        NAME: round(POINTS[NAME] * alike) if alike >= LEAST_ALIKE else 0,
        NUMBER: POINTS[NUMBER] * bool(one.numbers & other.numbers),
        WEBSITE: POINTS[WEBSITE] * bool(one.websites & other.websites),
        PLACE: POINTS[PLACE] * bool(one.places & other.places),
    }
    return {reason: points for reason, points in found.items() if points}


def words_of(name: str, common: Collection[str] = COMMON_WORDS) -> frozenset[str]:
    """The words of a name that tell it from others, without case and accents; all of them if none does."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = frozenset(_NOT_A_WORD.sub(" ", _NO_LETTERS.sub("", bare).replace("ı", "i").replace("ł", "l")).split())
    return words.difference(common) or words


def host_of(website: str) -> str:
    """The host of a website, without `www.`."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def place_of(postcode: str, address: str) -> str:
    """A place as it is compared: the postcode and the numbers of its address, since people write streets in many ways.

    A place without a number is its postcode.
    """
    return " ".join([postcode, *sorted(re.findall(r"\d+", address))])


def telling(facts: Iterable[Collection[str]], most: int) -> frozenset[str]:
    """Those facts that no more than so many hold: what many share (a switchboard, a platform) tells nothing."""
    count: dict[str, int] = {}
    for held in facts:
        for fact in held:
            count[fact] = count.get(fact, 0) + 1
    return frozenset(fact for fact, holders in count.items() if holders <= most)


def _names_alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that two names have in common, typing errors forgiven; 1 for the same words."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    left, right = sorted(one - other), set(other - one)
    for word in left:
        twin = next((candidate for candidate in sorted(right) if _is_typing_error(word, candidate)), None)
        if twin is not None:
            right.discard(twin)
            shared += 1
    return 2 * shared / (len(one) + len(other))


@lru_cache(maxsize=50_000)
def _is_typing_error(one: str, other: str) -> bool:
    return one[:1] == other[:1] and SequenceMatcher(None, one, other).ratio() >= TYPING_ERROR
