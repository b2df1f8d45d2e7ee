"""One change on one page: what is public, what is proposed, who says so; and the decision."""

from http import HTTPStatus
from uuid import UUID

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from directory import clock
from directory.changes.operations import add_proposed, approve, decline
from directory.changes.queries import change_view
from directory.changes.queue import count_waiting, next_waiting
from directory.changes.rules import ChangeDecided, ChangeState, EntryMovedOn
from directory.changes.views import ChangeView
from directory.errors import DomainError
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.change_context import context_of
from directory.web.admin.change_words import change_in_words
from directory.web.admin.changes import AFTER
from directory.web.admin.decision_form import (
    DECLINE,
    Decision,
    choices,
    conflict,
    paths_of,
    refusal,
    sent_decision,
    undecided,
    with_errors,
)
from directory.web.extensions import db
from directory.web.names import current_names
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction


@admin.get("/changes/<uuid:change_id>")
def change(change_id: UUID) -> Page:
    """The change, as it is to be decided or was."""
    view = change_view(db.session(), change_id, today=clock.today())
    return _page(view, undecided(view))


@admin.post("/changes/<uuid:change_id>")
def decide_change(change_id: UUID) -> Page:
    """Keep the decision and lead on to what is to be decided next; or show what stands against it."""
    decision = sent_decision()
    view = change_view(db.session(), change_id, today=clock.today())
    if decision.errors and view.state is ChangeState.WAITING:
        return _page(view, decision), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction() as session:
            _decide(session, view, decision)
    except (ChangeDecided, EntryMovedOn) as error:
        return _page_of_now(change_id, decision, conflict(error)), HTTPStatus.CONFLICT
    except DomainError as error:
        found = refusal(error, view.records)
        if found is None:
            raise
        return _page(view, with_errors(decision, dict([found]))), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return to_next(change_id)


def to_next(change_id: UUID) -> Response:
    """To the change itself while some of it waits; else to the next one; or to the empty queue."""
    session = db.session()
    view = change_view(session, change_id, today=clock.today())
    following = change_id if view.state is ChangeState.WAITING else next_waiting(session)
    address = (
        url_for("admin.change", change_id=following, after=change_id)
        if following
        else url_for("admin.changes", after=change_id)
    )
    return redirect(address, HTTPStatus.SEE_OTHER)


def _decide(session: Session, view: ChangeView, decision: Decision) -> None:
    now, by, units = clock.now(), actor(), paths_of(view, decision)
    if decision.what == DECLINE:
        decline(session, view.id, reason=decision.reason, by=by, now=now, units=units)
    elif view.organisation_id is None:
        add_proposed(session, view.id, by=by, now=now, as_draft=True)
    else:
        approve(
            session,
            view.id,
            revision=decision.revision,
            by=by,
            now=now,
            how_checked=decision.how_checked,
            units=units,
        )


def _page_of_now(change_id: UUID, decision: Decision, message: str) -> str:
    """The change as it is now, with what was typed, and a new decision to be made about it."""
    view = change_view(db.session(), change_id, today=clock.today())
    fresh = undecided(view)
    kept = Decision(reason=decision.reason, revision=fresh.revision, numbers=fresh.numbers)
    return _page(view, kept, message)


def _page(view: ChangeView, decision: Decision, message: str = "") -> str:
    session = db.session()
    return render(
        "admin/change.html",
        change=change_in_words(session, view, current_names(), clock.today()),
        change_id=view.id,
        organisation_id=view.organisation_id,
        slug=view.slug,
        decision=decision,
        choices=choices(view, decision.chosen),
        context=context_of(session, view),
        message=message,
        count=count_waiting(session),
        after=request.args.get(AFTER),
    )
