"""What is decided about a checked import: what its words mean, whether it is sent, and how; or that it is stopped."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from flask import redirect, request, url_for
from sqlalchemy.orm import Session

from directory import clock
from directory.changes.rules import CheckNeeded, HowChecked
from directory.errors import DomainError
from directory.exchange.imports import operations
from directory.exchange.imports.queries import load_import
from directory.exchange.imports.rules import (
    AT_WORK,
    EntriesBroken,
    EntriesUndecided,
    ImportState,
    ImportStateRefused,
    NothingToSend,
)
from directory.taxonomy.terms import TermKind
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.imports.background import begin_work
from directory.web.admin.imports.page import (
    ABOUT,
    AT_ONCE,
    LEAVE_OUT,
    MOST_WORDS,
    PUBLISHING,
    TERM,
    WORD,
    checked_page,
)
from directory.web.admin.typed import Typed, sent
from directory.web.extensions import db
from directory.web.transaction import transaction

REFUSALS: dict[type[DomainError], tuple[str, str]] = {
    EntriesBroken: ("without_broken", "Mend the file and bring it in again, or leave out what has something wrong"),
    EntriesUndecided: ("publishing", "Say of each organisation that looks like another one what it is"),
    NothingToSend: ("publishing", "Nothing in the file would change anything"),
    CheckNeeded: ("how", "Say how numbers and addresses were checked"),
}


@admin.post("/import/<uuid:import_id>/words")
def choose_import_words(import_id: UUID) -> Page:
    """Take what unknown words mean, and have the entries with them checked again."""
    said: dict[str, dict[str, str]] = {}
    for place in range(MOST_WORDS):
        chosen = request.form.get(WORD.format(place), "")
        kind, _, word = request.form.get(ABOUT.format(place), "").partition(":")
        if kind in set(TermKind) and (chosen == LEAVE_OUT or chosen.startswith(TERM)):
            said.setdefault(kind, {})[word] = chosen.removeprefix(TERM) if chosen != LEAVE_OUT else ""

    def choose(session: Session) -> None:
        operations.choose_words(session, import_id, said, by=actor(), now=clock.now())

    return _done(import_id, choose if said else None)


@admin.post("/import/<uuid:import_id>/send")
def decide_import(import_id: UUID) -> Page:
    """Send all of it, or publish it at once."""
    typed = sent("publishing", "how", "without_broken")
    how = typed.get("how")
    if typed.get("publishing") not in PUBLISHING:
        refused = typed.wrong(publishing="Say what is to become of the file")
        return _refused(import_id, refused)
    try:
        with transaction() as session:
            operations.send(
                session,
                import_id,
                publishes=typed.get("publishing") == AT_ONCE,
                how_checked=HowChecked(how) if how in set(HowChecked) else None,
                without_broken=bool(typed.get("without_broken")),
                by=actor(),
                now=clock.now(),
            )
    except (EntriesBroken, EntriesUndecided, NothingToSend, CheckNeeded) as error:
        field, words = REFUSALS[type(error)]
        return _refused(import_id, typed.wrong(**{field: words}))
    except ImportStateRefused:  # somebody was faster: the page shows how it stands
        return _back(import_id)
    begin_work(import_id)
    return _back(import_id)


@admin.post("/import/<uuid:import_id>/cancel")
def cancel_import(import_id: UUID) -> Page:
    """Stop it; what was sent is taken back."""

    def cancel(session: Session) -> None:
        operations.cancel(session, import_id, by=actor(), now=clock.now())

    return _done(import_id, cancel)


def _done(import_id: UUID, act: Callable[[Session], None] | None) -> Page:
    """Do it, and have the rest done in the background; if somebody was faster, the page shows how it stands."""
    load_import(db.session(), import_id)
    if act is not None:
        try:
            with transaction() as session:
                act(session)
                has_more = load_import(session, import_id).state in AT_WORK
        except ImportStateRefused:
            return _back(import_id)
        if has_more:
            begin_work(import_id)
    return _back(import_id)


def _refused(import_id: UUID, typed: Typed) -> Page:
    row = load_import(db.session(), import_id)
    if row.state is not ImportState.CHECKED:
        return _back(import_id)
    return checked_page(row, typed), HTTPStatus.UNPROCESSABLE_ENTITY


def _back(import_id: UUID) -> Page:
    return redirect(url_for("admin.import_page", import_id=import_id), HTTPStatus.SEE_OTHER)
