"""What became of an answer, in words, with the lines of the entry that it touched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from directory.changes.queries import load_change, own_changes, proposal_of
from directory.changes.views import AnswerOutcome, Became
from directory.checks.issuing import Given
from directory.checks.keeping import day_of
from directory.checks.rules import AnswerKind
from directory.organisations.compare import Difference, apply
from directory.organisations.details import OrganisationDetails
from directory.web.entry_text import Line, changed_lines
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.update.entry import text_of


@dataclass(frozen=True, slots=True)
class Changed:
    """Lines of an entry that are to go, and those that are to come."""

    gone: tuple[Line, ...]
    new: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ChangedUnder:
    """The same with the words that say what becomes of them."""

    heading: str
    lines: Changed


@dataclass(frozen=True, slots=True)
class SentBefore:
    """What they sent before and still waits."""

    sentence: str
    lines: Changed


@dataclass(frozen=True, slots=True)
class OutcomeInWords:
    """What was answered, what became of it, and each thing that was approved, declined or still waits."""

    answered: str
    became: str = ""
    changes: tuple[ChangedUnder, ...] = ()


def changed(before: OrganisationDetails, after: OrganisationDetails) -> Changed:
    """How two states of an entry differ in what the public sees."""
    return Changed(*changed_lines(text_of(before), text_of(after)))


def sent_before(organisation_id: UUID) -> tuple[SentBefore, ...]:
    """What an organisation sent by its links and we still look at, the newest first."""
    return tuple(
        SentBefore(still_waits(one.sent_at), changed(one.base, apply(one.base, one.waiting)))
        for one in own_changes(db.session(), organisation_id)
    )


def still_waits(sent_at: datetime) -> str:
    """That we still look at what they sent then."""
    on = date_in_words(day_of(sent_at))
    return _("You sent changes on %(date)s that we are still looking at. We tell you when that is done.", date=on)


def outcome_in_words(given: Given, outcome: AnswerOutcome | None) -> OutcomeInWords:
    """What became of an answer."""
    if outcome is None:
        return OutcomeInWords(_answered(given.kind), _without_change(given.kind))
    base = proposal_of(db.session(), load_change(db.session(), outcome.change_id)).base

    def under(heading: str, units: Iterable[Difference]) -> ChangedUnder:
        return ChangedUnder(heading, changed(base, apply(base, units)))

    groups = (
        (_("Waiting for us to look at it"), outcome.waiting),
        (_("Approved"), outcome.approved),
        (_("Not taken over"), outcome.declined),
    )
    changes = tuple(under(heading, units) for heading, units in groups if units)
    became = _became(outcome)
    if given.kind is AnswerKind.PART:
        became = f"{became} {_without_change(given.kind)}"
    return OutcomeInWords(_answered(given.kind), became, changes)


def _answered(kind: AnswerKind) -> str:
    return {
        AnswerKind.ALL_CORRECT: _("You told us that all of it is correct."),
        AnswerKind.CHANGED: _("You told us that something has changed."),
        AnswerKind.PART: _("You told us that you checked only a part of it."),
        AnswerKind.CLOSED: _("You told us that you have closed, or no longer do this."),
        AnswerKind.WRONG_PERSON: _("You told us that you are the wrong person to ask."),
        AnswerKind.PHONE: _("You told us on the phone that all of it is correct."),
        AnswerKind.SOURCE: _("We checked it against your own information."),
    }[kind]


def _without_change(kind: AnswerKind) -> str:
    """What follows from an answer where nothing waits for an officer."""
    return {
        AnswerKind.ALL_CORRECT: _("The public can see that you confirmed it. There is nothing more to do."),
        AnswerKind.CHANGED: _("It is public now. There is nothing more to do."),
        AnswerKind.PART: _("We will ring you about the rest."),
        AnswerKind.CLOSED: _(
            "We check this before we take the entry away. Until then the public can read that you told us."
        ),
        AnswerKind.WRONG_PERSON: _("We will not write to you about it again, and look for the right person."),
        AnswerKind.PHONE: _("There is nothing more to do."),
        AnswerKind.SOURCE: _("There is nothing more to do."),
    }[kind]


def _became(outcome: AnswerOutcome) -> str:
    on = date_in_words(day_of(outcome.decided_at)) if outcome.decided_at else ""
    return {
        Became.WAITING: _("We look at it before the public sees it. This page will show what becomes of it."),
        Became.APPROVED: _("We approved it on %(date)s. It is public now.", date=on),
        Became.APPROVED_WITH_EDITS: _(
            "We approved it on %(date)s, and changed some of the words. It is public now.", date=on
        ),
        Became.IN_PART: _("On %(date)s we approved a part of it. That part is public now.", date=on),
        Became.DECLINED: _("We looked at it on %(date)s and did not take it over.", date=on),
        Became.REPLACED: _("Somebody at your organisation sent a newer answer, which took the place of this one."),
        Became.WITHDRAWN: _("It was taken back, so nothing has changed."),
    }[outcome.became]
