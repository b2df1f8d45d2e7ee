"""Joining two entries that are the same organisation: the other is found, both are seen side by side, and chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import abort, request

from directory import clock
from directory.changes.queries import Entry, load_entry
from directory.changes.rules import CheckNeeded, EntryMovedOn, HowChecked
from directory.checks.rules import TooManyContacts
from directory.errors import DomainError
from directory.listing.combining import Choice, differing_units
from directory.listing.criteria import EntryCriteria
from directory.listing.finding import find_entries
from directory.listing.joining import MAY_JOIN, Seen, join
from directory.listing.overview import contact_views, overview
from directory.listing.rules import ChangesWaiting, HidingAsked, HidingState
from directory.organisations.operations import UnknownCodes
from directory.organisations.rules import NoWayToReach, StateRefused
from directory.organisations.units import ORGANISATION, read_unit
from directory.organisations.validity import DetailsInvalid
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.differences import words_for
from directory.web.admin.done import led_to
from directory.web.admin.entries.words import CHECKED, STATES
from directory.web.admin.likeness_words import Warned, like_in_words
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.names import current_names
from directory.web.plain_form import one_line, tidy
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.unit_words.titles import unit_title
from directory.web.unit_words.values import Lines

MOST_FOUND = 20
OWN, OTHERS = "own", "other"
MOVED_ON = "One of the entries has changed while you looked. Nothing was done. This is how they are now."
REFUSALS: Mapping[type[DomainError], tuple[str, str]] = {
    CheckNeeded: ("how", "Say how you checked it"),
    TooManyContacts: ("contacts", "An entry has two contacts at most. Untick some"),
    ChangesWaiting: ("join", "Changes of the other entry wait for a decision. Decide about them first"),
    HidingAsked: ("join", "Somebody has asked already for the other entry to be hidden"),
    StateRefused: ("join", "These two cannot be joined so: one of them is hidden, or the other one is the public one"),
    NoWayToReach: ("join", "The public could not reach anybody then. Choose again"),
    DetailsInvalid: ("join", "The entry would not be right that way. Choose again, or edit one of them first"),
    UnknownCodes: ("join", "One of them uses a term that was taken away. Edit it first"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChoice:
    """A unit in which the entries differ: what each says, and which was chosen."""

    name: str
    title: str
    own: Lines
    other: Lines
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChoice:
    """A service of either entry, that stays or goes."""

    id: UUID
    title: str
    lines: Lines
    is_chosen: bool


@admin.get("/entries/<uuid:organisation_id>/join")
def find_other(organisation_id: UUID) -> Page:
    """Which other entry is the same organisation: those that are like it, and a search for any."""
    session = db.session()
    entry = load_entry(session, organisation_id)
    words = one_line(tidy(request.args.get("words", "")))[:100]
    criteria = EntryCriteria(words=words)
    found = find_entries(session, criteria, current_taxonomy(), today=clock.today(), limit=MOST_FOUND) if words else ()
    return render(
        "admin/entries/find_other.html",
        entry=entry,
        name=entry.details.name,
        words=words,
        like=like_in_words(session, entry.details, but=[organisation_id]),
        found=[Warned(one.name, STATES[one.state], one.id) for one in found if one.id != organisation_id],
    )


@admin.get("/entries/<uuid:organisation_id>/join/<uuid:other_id>")
def join_entries(organisation_id: UUID, other_id: UUID) -> Page:
    """Both side by side. The first one stays."""
    return _page(organisation_id, other_id, None)


@admin.post("/entries/<uuid:organisation_id>/join/<uuid:other_id>")
def send_join_entries(organisation_id: UUID, other_id: UUID) -> Page:
    """Make them one, as was chosen of what was on the screen."""
    own, other = _both(organisation_id, other_id)
    typed = sent("how", *(_field(unit) for unit in differing_units(own.details, other.details)))
    how = typed.get("how")
    try:
        with transaction() as session:
            row = join(
                session,
                Seen(organisation_id, request.form.get("own-version", "")),
                Seen(other_id, request.form.get("other-version", "")),
                choice=_choice(typed),
                reason=f"The same organisation as {own.details.name}",
                contacts=_sent_ids("contacts"),
                how_checked=HowChecked(how) if how in set(HowChecked) else None,
                by=actor(),
                now=clock.now(),
            )
    except EntryMovedOn:
        return _page(organisation_id, other_id, typed, MOVED_ON), HTTPStatus.CONFLICT
    except tuple(REFUSALS) as error:
        refused = typed.with_errors(dict([REFUSALS[type(error)]]))
        return _page(organisation_id, other_id, refused), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    done = "joined_asked" if row.state is HidingState.WAITING else "joined"
    return led_to("admin.entry", done, organisation_id=organisation_id)


def _both(organisation_id: UUID, other_id: UUID) -> tuple[Entry, Entry]:
    if organisation_id == other_id:
        abort(HTTPStatus.NOT_FOUND)
    session = db.session()
    return load_entry(session, organisation_id), load_entry(session, other_id)


def _field(unit: str) -> str:
    return f"unit-{unit}"


def _choice(typed: Typed) -> Choice:
    units = {name.removeprefix("unit-") for name, value in typed.values.items() if value == OTHERS}
    return Choice(
        units=frozenset(units),
        services=frozenset(_sent_ids("services")),
        with_names=request.form.getlist("names")[-1:] == ["yes"],
    )


def _sent_ids(name: str) -> list[UUID]:
    """The ids that were ticked; what is none is passed over."""
    ids = []
    for text in request.form.getlist(name):
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids


def _page(organisation_id: UUID, other_id: UUID, typed: Typed | None, message: str = "") -> str:
    session = db.session()
    own, other = _both(organisation_id, other_id)
    contacts, held = contact_views(session, other_id), contact_views(session, organisation_id)
    how = typed.get("how") if typed else ""
    return render(
        "admin/entries/join.html",
        entry=overview(session, organisation_id),
        other=overview(session, other_id),
        own_version=own.version,
        other_version=other.version,
        units=_units(own, other, typed),
        services=_services(own, other, typed),
        contacts=[Option(str(one.id), one.email, one.id in _sent_ids("contacts")) for one in contacts if one.email],
        room=max(0, 2 - len(held)),
        with_names=typed is None or request.form.getlist("names")[-1:] == ["yes"],
        ways=[Option(value, words, value == how) for value, words in CHECKED.items()],
        may_join=(own.state, other.state) in MAY_JOIN,
        may_swap=(other.state, own.state) in MAY_JOIN,
        typed=typed or Typed(),
        message=message,
    )


def _units(own: Entry, other: Entry, typed: Typed | None) -> list[UnitChoice]:
    """Chosen is what the one that stays says; where it says nothing, what the other says."""
    words = words_for(db.session(), (own.details, other.details), current_names(), clock.today())
    found = []
    for unit in differing_units(own.details, other.details):
        mine, theirs = (
            words.lines((unit,), read_unit(entry.details, ORGANISATION.units[unit])) for entry in (own, other)
        )
        chosen = typed.get(_field(unit)) if typed else (OWN if mine else OTHERS)
        title = unit_title((unit,), words.records)
        found.append(UnitChoice(name=_field(unit), title=title, own=mine, other=theirs, chosen=chosen))
    return found


def _services(own: Entry, other: Entry, typed: Typed | None) -> list[ServiceChoice]:
    """Those of the one that stays, and those of the other that it does not have by name."""
    words = words_for(db.session(), (own.details, other.details), current_names(), clock.today())
    names = {one.name.casefold() for one in own.details.services}
    ticked: Sequence[UUID] = _sent_ids("services")
    return [
        ServiceChoice(
            id=one.id,
            title=one.name,
            lines=words.lines(("service", str(one.id)), one),
            is_chosen=one.id in ticked if typed else is_own or one.name.casefold() not in names,
        )
        for is_own, entry in ((True, own), (False, other))
        for one in entry.details.services
    ]
