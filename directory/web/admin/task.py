"""One task: what it is about, what to do, and what came of it."""

from http import HTTPStatus
from uuid import UUID

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from directory import clock
from directory.accounts.queries import Officer, officers
from directory.accounts.rules import OfficerState, Role
from directory.checks.contacts import decide_contact_change
from directory.checks.rules import ContactChangeDecided
from directory.checks.unreached import end_task_by_hand
from directory.tasks.operations import assign_task, snooze_task, wake_task
from directory.tasks.queries import TaskFilter, next_task, task_of
from directory.tasks.rules import (
    LONGEST_NOTE,
    Outcome,
    OutcomeRefused,
    OutcomeUntrue,
    SnoozeRefused,
    TaskDone,
    TaskKind,
    outcomes_of,
)
from directory.web.admin.access import actor, current_officer
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.task_view import about_task
from directory.web.admin.task_words import FIRST, OUTCOMES, UNTRUE
from directory.web.admin.typed import NO_DAY, Typed, sent, too_long
from directory.web.entry_form.choices import DAY
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.policy import current_ladder
from directory.web.templating import render
from directory.web.transaction import transaction

ENDED_MEANWHILE = "Somebody else has just ended this task. Nothing that you wrote was kept."


@admin.get("/tasks/<uuid:task_id>")
def task(task_id: UUID) -> Page:
    """The task, open or done."""
    return _page(task_id, Typed())


@admin.post("/tasks/<uuid:task_id>/end")
def end_task(task_id: UUID) -> Page:
    """Keep what came of it, and go on to the next one."""
    typed = sent("outcome", texts=("note",))
    said, note = typed.get("outcome"), typed.get("note")
    if said not in set(Outcome):
        return _refused(task_id, typed, outcome="Choose what came of it")
    if len(note) > LONGEST_NOTE:
        return _refused(task_id, typed, note=too_long(note, LONGEST_NOTE))
    try:
        with transaction() as session:
            ladder = current_ladder(session)
            end_task_by_hand(
                session, task_id, outcome=Outcome(said), note=note, by=actor(), now=clock.now(), ladder=ladder
            )
    except OutcomeRefused:
        return _refused(task_id, typed, note="Write what came of it")
    except OutcomeUntrue:
        return _refused(task_id, typed, outcome=UNTRUE[Outcome(said)])
    except TaskDone:
        return _page(task_id, typed, ENDED_MEANWHILE), HTTPStatus.CONFLICT
    return _to_next(task_id)


@admin.post("/tasks/<uuid:task_id>/assign")
def give_task(task_id: UUID) -> Page:
    """Give it to somebody who can do it, or back to all."""
    chosen = request.form.get("officer", "")
    known = {str(officer.id): officer.id for officer in _who_can_do_it(db.session())}
    try:
        with transaction() as session:
            assign_task(session, task_id, officer_id=known.get(chosen), by=actor(), now=clock.now())
    except TaskDone:
        return _page(task_id, Typed(), ENDED_MEANWHILE), HTTPStatus.CONFLICT
    return _back(task_id)


@admin.post("/tasks/<uuid:task_id>/put-off")
def put_off_task(task_id: UUID) -> Page:
    """Nobody is bothered with it until that day; without a day it is taken up again."""
    typed = sent("reason", days=("until",))
    until, reason = typed.day("until"), typed.get("reason")
    try:
        with transaction() as session:
            if "wake" in request.form:
                wake_task(session, task_id, by=actor(), now=clock.now())
            elif until is not None:
                snooze_task(session, task_id, until=until, reason=reason, by=actor(), now=clock.now())
    except SnoozeRefused:
        errors = (
            {f"until{DAY}": "Enter a day within the next 90 days"} if reason else {"reason": "Write why it can wait"}
        )
        return _refused(task_id, typed, **errors)
    except TaskDone:
        return _page(task_id, typed, ENDED_MEANWHILE), HTTPStatus.CONFLICT
    if until is None and "wake" not in request.form:
        return _refused(task_id, typed, **{f"until{DAY}": NO_DAY})
    return _back(task_id)


@admin.post("/tasks/<uuid:task_id>/contact")
def answer_contact_task(task_id: UUID) -> Page:
    """Say yes or no to another update contact, in the place of the old address."""
    typed, row = sent("answer"), task_of(db.session(), task_id)
    said = typed.get("answer")
    if row.kind is not TaskKind.CONTACT_CHANGE or said not in {"yes", "no"}:
        return _refused(task_id, typed, answer="Choose yes or no")
    change_id = row.key
    try:
        with transaction() as session:
            decide_contact_change(session, change_id, is_agreed=said == "yes", by=actor(), now=clock.now())
    except ContactChangeDecided:
        return _page(task_id, Typed(), "This was decided meanwhile, or it is too old."), HTTPStatus.CONFLICT
    return _to_next(task_id)


def _who_can_do_it(session: Session) -> list[Officer]:
    """Officers and managers who can sign in; a viewer could do nothing with a task."""
    return [one for one in officers(session) if one.state is OfficerState.ACTIVE and one.role.may(Role.OFFICER)]


def _to_next(task_id: UUID) -> Response:
    following = next_task(db.session(), TaskFilter(), today=clock.today())
    address = (
        url_for("admin.task", task_id=following, after=task_id) if following else url_for("admin.tasks", after=task_id)
    )
    return redirect(address, HTTPStatus.SEE_OTHER)


def _back(task_id: UUID) -> Response:
    return redirect(url_for("admin.task", task_id=task_id), HTTPStatus.SEE_OTHER)


def _refused(task_id: UUID, typed: Typed, **errors: str) -> Page:
    return _page(task_id, typed.wrong(**errors)), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(task_id: UUID, typed: Typed, message: str = "") -> str:
    session = db.session()
    about = about_task(session, task_of(session, task_id))
    chosen = typed.get("outcome")
    return render(
        "admin/task.html",
        task=about,
        typed=typed,
        message=message,
        may_act=current_officer().role.may(Role.OFFICER),
        outcomes=[Option(one.value, OUTCOMES[one], one.value == chosen) for one in outcomes_of(about.kind)],
        first=FIRST.get(chosen) if typed.errors.get("outcome") in UNTRUE.values() else None,
        people=[Option(str(one.id), one.name, one.id == about.assigned_to) for one in _who_can_do_it(session)],
        after=request.args.get("after"),
    )
