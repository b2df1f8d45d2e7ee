"""Which column of ours each heading of a file stands for: guessed, for people to correct."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from directory.exchange.columns import COLUMNS, Column, Slot, Use, written_slots
from directory.exchange.record_cells import Line
from directory.exchange.tables import Table, heading_key

MOST_NUMBERED = 9
"""Phones or places that one row may have."""

Matching = Sequence[Slot | None]
"""For each column of a file the slot that it fills; None for a column that is passed over."""


@cache
def known_headings() -> frozenset[str]:
    """Every heading that is recognised, as headings are compared."""
    return frozenset(_slots_by_heading())


def guess_matching(headings: Sequence[str]) -> tuple[Slot | None, ...]:
    """The slots that headings name, ours or those of other directories; each slot is filled by one column."""
    known, taken = _slots_by_heading(), set()
    matching: list[Slot | None] = []
    for heading in headings:
        slot = known.get(heading_key(heading))
        is_free = slot is not None and slot.key not in taken
        matching.append(slot if is_free else None)
        if slot is not None:
            taken.add(slot.key)
    return tuple(matching)


def was_taken_out_here(headings: Sequence[str]) -> bool:
    """Whether a file has no other columns than those that we write, and those that find our entries."""
    ours = {heading_key(slot.heading) for slot in written_slots(for_officers=True)}
    held = {heading_key(heading) for heading in headings}
    return {"organisation id", "revision"} <= held <= ours


def matching_of(keys: Sequence[str], headings: Sequence[str]) -> tuple[Slot | None, ...]:
    """The matching that was chosen by keys; of two columns for one slot the first counts."""
    by_key = {slot.key: slot for slot in all_slots()}
    chosen = [by_key.get(key) for key in keys[: len(headings)]]
    chosen += [None] * (len(headings) - len(chosen))
    return tuple(slot if slot is None or slot not in chosen[:place] else None for place, slot in enumerate(chosen))


@cache
def all_slots() -> tuple[Slot, ...]:
    """Every slot that a column of a file may fill."""
    return tuple(
        slot
        for column in COLUMNS
        if column.use is not Use.OUT
        for slot in ([Slot(column, n) for n in range(1, MOST_NUMBERED + 1)] if column.is_numbered else [Slot(column)])
    )


def lines_in(table: Table, matching: Matching) -> Iterator[Line]:
    """The rows of a table by the slots that their columns fill."""
    filled = [(place, slot.key) for place, slot in enumerate(matching) if slot is not None]
    for row in table.rows:
        yield Line(row.number, {key: row.texts[place] for place, key in filled})


@cache
def _slots_by_heading() -> Mapping[str, Slot]:
    """The slots by what they are called; our own headings win over others'."""
    found: dict[str, Slot] = {}
    slots = [*all_slots(), *(Slot(column) for column in COLUMNS if column.use is Use.OUT)]
    for slot in slots:
        found.setdefault(heading_key(slot.heading), slot)
    for slot in slots:
        for name in _other_names(slot.column, slot.number):
            found.setdefault(heading_key(name), slot)
    return {heading: slot for heading, slot in found.items() if slot.column.use is not Use.OUT}


def _other_names(column: Column, number: int) -> Iterator[str]:
    """What others call it: numbered, or for the first one without its number."""
    for name in (column.heading, *column.also) if number == 1 else column.also:
        if number <= 1 and "{n}" not in name:
            yield name
        elif "{n}" in name:
            yield name.format(n=number)
            if number == 1:
                yield re.sub(r" ?\{n\}", "", name)
        else:
            yield f"{name} {number}"
