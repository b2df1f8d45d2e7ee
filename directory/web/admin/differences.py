"""How two states of an entry differ, unit by unit in plain English, the riskiest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from directory.changes.queries import record_names
from directory.changes.rules import Risk, risk_of, severity
from directory.organisations.compare import Difference, differences
from directory.organisations.details import OrganisationDetails
from directory.organisations.queries import organisation_names
from directory.organisations.units import Path
from directory.web.admin.changes import RISKS
from directory.web.names import Names
from directory.web.unit_words.marks import Line, marked
from directory.web.unit_words.titles import unit_title
from directory.web.unit_words.values import UnitWords


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceInWords:
    """One unit that differs."""

    path: Path
    title: str
    risk: str
    is_contact: bool
    before: tuple[Line, ...]
    after: tuple[Line, ...]


def differences_in_words(
    session: Session, old: OrganisationDetails, new: OrganisationDetails, names: Names, today: date
) -> tuple[DifferenceInWords, ...]:
    """Every unit in which the states differ, with the words marked that the other has not."""
    words = words_for(session, (old, new), names, today)
    found = sorted(differences(old, new), key=lambda difference: severity(risk_of(difference)))
    return tuple(in_words(difference, words) for difference in found)


def words_for(session: Session, states: Iterable[OrganisationDetails], names: Names, today: date) -> UnitWords:
    """What puts units of these states into words."""
    held = list(states)
    above = {state.part_of for state in held if state.part_of is not None}
    return UnitWords(names, {**organisation_names(session, sorted(above)), **record_names(*held)}, today)


def titles_of(changed: Iterable[Difference], records: dict[str, str]) -> tuple[str, ...]:
    """What the units are called that differ."""
    return tuple(unit_title(difference.path, records) for difference in changed)


def in_words(difference: Difference, words: UnitWords) -> DifferenceInWords:
    """One unit that differs, in these words."""
    path, risk = difference.path, risk_of(difference)
    before, after = marked(words.lines(path, difference.old), words.lines(path, difference.new))
    return DifferenceInWords(
        path=path,
        title=unit_title(path, words.records),
        risk=RISKS[risk],
        is_contact=risk is Risk.CONTACT,
        before=before,
        after=after,
    )
