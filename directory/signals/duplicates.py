"""Looks for entries that are likely to be one and the same organisation."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from uuid import UUID

from sqlalchemy.orm import Session

from directory.clock import LONDON
from directory.organisations.likeness import ENOUGH, Traits, host_of, likeness, place_of, telling, words_of
from directory.organisations.rules import State
from directory.signals.queries import Known, known_organisations
from directory.signals.rules import NOT_A_DUPLICATE
from directory.tasks.operations import open_task
from directory.tasks.queries import keys_finished_as, keys_open
from directory.tasks.rules import TaskKind

MOST_SHARING = 3
"""A number, website or place that more families of organisations share tells nothing."""
MOST_WITH_A_WORD = 5
"""A word in the names of more entries tells too little to stand alone (`Muslim`, `women`)."""
MOST_IN_A_BLOCK = 50
"""What more entries have in common does not lead to comparisons."""
FIRST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that are likely to be one, in the order of their ids, with the points for each reason."""

    first: UUID
    second: UUID
    reasons: Mapping[str, int]

    @property
    def points(self) -> int:
        """All in all."""
        return sum(self.reasons.values())

    @property
    def key(self) -> str:
        """What a task about the two is called."""
        return f"{self.first} {self.second}"


def check_duplicates(session: Session, now: datetime) -> int:
    """Open a task for every likely pair that no officer has said is two; how many there are."""
    dismissed = keys_finished_as(session, TaskKind.DUPLICATE, NOT_A_DUPLICATE)
    pairs = [pair for pair in likely_pairs(known_organisations(session)) if pair.key not in dismissed]
    held = keys_open(session, TaskKind.DUPLICATE)
    for pair in (pair for pair in pairs if pair.key not in held):
        open_task(
            session,
            kind=TaskKind.DUPLICATE,
            key=pair.key,
            due_on=now.astimezone(LONDON).date(),
            now=now,
            organisation_id=pair.first,
            first=str(pair.first),
            second=str(pair.second),
            points=pair.points,
            **pair.reasons,
        )
    return len(pairs)


def likely_pairs(entries: Sequence[Known], only: Collection[UUID] | None = None) -> tuple[Pair, ...]:
    """The pairs of entries that are likely to be one, the likeliest first; or those pairs with one of `only` in them.

    Entries of one family (one is part of the other, or both of a third) share numbers and websites by right, and two
    hidden ones are nobody's trouble.
    """
    by_id = {entry.id: entry for entry in entries}
    family = {entry.id: _head(entry, by_id) for entry in entries}
    traits = _all_traits(entries, family)
    found = []
    for first, second in _candidates(traits, traits.keys() if only is None else only):
        hidden = by_id[first].state is State.HIDDEN and by_id[second].state is State.HIDDEN
        if hidden or family[first] == family[second]:
            continue
        pair = Pair(first, second, likeness(traits[first], traits[second]))
        if pair.points >= ENOUGH:
            found.append(pair)
    return tuple(sorted(found, key=lambda pair: (-pair.points, pair.key)))


def _head(entry: Known, by_id: Mapping[UUID, Known]) -> UUID:
    """The organisation that a family is named for."""
    seen = {entry.id}
    while entry.part_of and entry.part_of in by_id and entry.part_of not in seen:
        entry = by_id[entry.part_of]
        seen.add(entry.id)
    return entry.id


def _all_traits(entries: Sequence[Known], family: Mapping[UUID, UUID]) -> dict[UUID, Traits]:
    """What is compared of each entry, without what too many families share."""
    telling_words = telling((frozenset().union(*map(words_of, entry.names)) for entry in entries), MOST_WITH_A_WORD)
    plain = {
        entry.id: Traits(
            names=tuple(dict.fromkeys(_words(name, telling_words) for name in entry.names)),
            numbers=frozenset(number for number in entry.numbers if number.startswith("+")),
            websites=frozenset(map(host_of, entry.websites)),
            places=frozenset(place_of(*place) for place in entry.places),
        )
        for entry in entries
    }
    of_family: dict[UUID, set[str]] = defaultdict(set)
    for identity, traits in plain.items():
        of_family[family[identity]] |= traits.numbers | traits.websites | traits.places
    told = telling(of_family.values(), MOST_SHARING)
    return {
        identity: Traits(traits.names, traits.numbers & told, traits.websites & told, traits.places & told)
        for identity, traits in plain.items()
    }


def _words(name: str, telling_words: frozenset[str]) -> frozenset[str]:
    """The words of a name that tell it from others; all of them where each that is left is in many names."""
    words = words_of(name)
    return words if words & telling_words else words_of(name, ())


def _candidates(traits: Mapping[UUID, Traits], only: Collection[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """Pairs that have anything in common, each once: not every entry is compared with every other."""
    blocks: dict[str, list[UUID]] = defaultdict(list)
    for identity, held in traits.items():
        names = {" ".join(sorted(name)) for name in held.names}
        starts = {word[:FIRST_LETTERS] for name in held.names for word in name}
        for key in names | starts | held.numbers | held.websites | held.places:
            blocks[key].append(identity)
    seen = set()
    for block in blocks.values():
        if len(block) <= MOST_IN_A_BLOCK:
            for one, other in combinations(block, 2):
                if one in only or other in only:
                    seen.add((min(one, other), max(one, other)))
    yield from sorted(seen)
