"""Editing an entry in the organisation's own form, whole or by section; what changes is shown before it is public."""

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from uuid import UUID

from flask import abort, request
from werkzeug.wrappers import Response

from directory import clock
from directory.changes.editing import edit
from directory.changes.queries import Entry, RevisionUnknown, load_entry, revision_details
from directory.changes.rules import CheckNeeded, EntryMovedOn, HowChecked, NothingChanged
from directory.checks.calls import log_phone_check
from directory.organisations.details import OrganisationDetails
from directory.organisations.merge import merge
from directory.organisations.operations import UnknownCodes
from directory.organisations.rules import NoWayToReach, State, StateRefused
from directory.organisations.validity import DetailsInvalid
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.differences import DifferenceInWords, differences_in_words
from directory.web.admin.done import led_to
from directory.web.admin.entries.words import CHECKED
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.actions import CONTINUE
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.options import Option
from directory.web.entry_form.sections import ALL, SECTIONS
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.locale import ENGLISH
from directory.web.names import current_names
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.typed_text import whole_number

VERSION, SEEN = "version", "seen"
"""The entry that the form began with, and the one that the differences were shown against."""
CARRIED = ("call", "call-name", "call-role")
"""Whom an officer spoke to who edits because of what they said."""
MOVED_ON = "The entry has changed while you edited it. Nothing was saved. This is what your edit would change now."
REFUSALS = {
    DetailsInvalid: "The entry would not be right that way. Change it again",
    UnknownCodes: "It uses a term that was taken away meanwhile. Change it again",
    NoWayToReach: "The public could not reach anybody then. Change it again",
    StateRefused: "The entry was hidden meanwhile. Show it again first",
    NothingChanged: "Nothing has changed. Change it again, or leave it",
}


@dataclass(frozen=True)
class Editing:
    """An edit on its way: the entry as it is now, the one that the form began with, and what was typed."""

    entry: Entry
    base: OrganisationDetails
    section: str
    form: EntryForm
    carried: Typed

    @cached_property
    def details(self) -> OrganisationDetails:
        """What the entry is to say: with what others have changed meanwhile, where that does not collide."""
        typed = self.form.details()
        return typed if self.base == self.entry.details else merge(self.base, typed, self.entry.details).details


@admin.get("/entries/<uuid:organisation_id>/edit")
@admin.get("/entries/<uuid:organisation_id>/edit/<section>")
def edit_entry(organisation_id: UUID, section: str = "") -> Page:
    """The form, filled in as the entry is now."""
    return form_page(begun(organisation_id, section, Typed()))


@admin.post("/entries/<uuid:organisation_id>/edit")
@admin.post("/entries/<uuid:organisation_id>/edit/<section>")
def send_entry_edit(organisation_id: UUID, section: str = "") -> Page:
    """Go on to what changes, once nothing is wrong with the form; nothing is saved yet."""
    editing = _posted(organisation_id, section)
    if editing.form.errors:
        return form_page(editing), HTTPStatus.UNPROCESSABLE_ENTITY
    if editing.form.action != CONTINUE:
        return form_page(editing)
    return _review(editing, editing.carried, MOVED_ON if editing.base != editing.entry.details else "")


@admin.post("/entries/<uuid:organisation_id>/review")
@admin.post("/entries/<uuid:organisation_id>/review/<section>")
def publish_edit(organisation_id: UUID, section: str = "") -> Page:
    """Make it public as it was shown, and note the call that it came from."""
    editing = _posted(organisation_id, section)
    if editing.form.errors or editing.form.action != CONTINUE:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if editing.form.errors else HTTPStatus.OK
        return form_page(editing), status
    typed = sent("how", *CARRIED)
    is_call = typed.get("call") == "yes"
    if is_call and not (typed.get("call-name") or typed.get("call-role")):
        typed = typed.with_errors({"call-name": "Write who you spoke to, or what they do there"})
    if typed.errors:
        return _review(editing, typed), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _save(editing, typed, is_call=is_call)
    except EntryMovedOn:
        now = _posted(organisation_id, section)
        return form_page(now) if now.form.errors else _review(now, typed, MOVED_ON), HTTPStatus.CONFLICT
    except CheckNeeded:
        return _review(editing, typed.with_errors({"how": "Say how you checked it"})), HTTPStatus.UNPROCESSABLE_ENTITY
    except (DetailsInvalid, UnknownCodes, NoWayToReach, StateRefused, NothingChanged) as error:
        refused = typed.with_errors({"publish": REFUSALS[type(error)]})
        return _review(editing, refused), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return _saved(editing, is_call=is_call)


def spoken_to(name: str, role: str) -> Typed:
    """What an edit carries along that comes from a call."""
    return Typed(dict(zip(CARRIED, ("yes", name, role), strict=True)))


def begun(organisation_id: UUID, section: str, carried: Typed) -> Editing:
    """An edit that nobody has typed anything for yet."""
    entry = load_entry(db.session(), organisation_id)
    form = EntryForm.of(entry.details, current_taxonomy(), ENGLISH.code, _sections(section))
    return Editing(entry, entry.details, section, form, carried)


def form_page(editing: Editing) -> str:
    """The form."""
    return render(
        "admin/entries/edit.html",
        entry=editing.entry,
        name=editing.entry.details.name,
        section=editing.section,
        sections=SECTIONS,
        form=editing.form,
        view=editing.form.view,
        version=request.form.get(VERSION, editing.entry.version),
        carried=editing.carried,
    )


def _posted(organisation_id: UUID, section: str) -> Editing:
    entry = load_entry(db.session(), organisation_id)
    base = _begun_with(entry, request.form.get(VERSION, ""))
    form = EntryForm.posted(
        request.form, base, current_taxonomy(), _sections(section), ENGLISH.code, str(organisation_id)
    )
    return Editing(entry, base, section, form, sent(*CARRIED))


def _begun_with(entry: Entry, version: str) -> OrganisationDetails:
    """What the form was filled in with; of a draft only what it says now is known, so that all else is shown anew."""
    number = whole_number(version)
    if version == entry.version or not entry.revision or number is None:
        return entry.details
    try:
        return revision_details(db.session(), entry.id, number)
    except RevisionUnknown:
        return entry.details


def _save(editing: Editing, typed: Typed, *, is_call: bool) -> None:
    now, how = clock.now(), typed.get("how")
    if request.form.get(SEEN, "") != editing.entry.version:
        raise EntryMovedOn(editing.entry.revision, ())
    with transaction() as session:
        edit(
            session,
            editing.entry.id,
            version=editing.entry.version,
            details=editing.details,
            how_checked=HowChecked(how) if how in set(HowChecked) else None,
            by=actor(),
            now=now,
        )
        if is_call and editing.entry.state is State.PUBLIC:
            name, role = typed.get("call-name"), typed.get("call-role")
            log_phone_check(session, editing.entry.id, name=name, role=role, by=actor(), now=now)


def _saved(editing: Editing, *, is_call: bool) -> Response:
    public = "edited_confirmed" if is_call else "edited"
    done = "draft_saved" if editing.entry.state is State.DRAFT else public
    return led_to("admin.entry", done, organisation_id=editing.entry.id)


def _sections(section: str) -> tuple[str, ...]:
    if section and section not in ALL:
        abort(HTTPStatus.NOT_FOUND)
    return (section,) if section else ALL


def _review(editing: Editing, typed: Typed, message: str = "") -> str:
    entry = editing.entry
    changed: tuple[DifferenceInWords, ...] = differences_in_words(
        db.session(), entry.details, editing.details, current_names(), clock.today()
    )
    how = typed.get("how")
    return render(
        "admin/entries/review.html",
        entry=entry,
        name=entry.details.name,
        section=editing.section,
        changed=changed,
        is_contact=any(one.is_contact for one in changed),
        typed=typed,
        message=message,
        version=request.form.get(VERSION, entry.version),
        ways=[Option(value, words, value == how) for value, words in CHECKED.items()],
        kept=[(name, value) for name, values in editing.form.typed.items() for value in values],
    )
