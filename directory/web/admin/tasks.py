"""What only a person can do: the list of tasks, with filters, and the way to the next one."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import redirect, request, url_for

from directory import clock
from directory.organisations.queries import organisation_names
from directory.tasks.models import TaskRow
from directory.tasks.queries import TaskFilter, next_task, task_page
from directory.tasks.rules import TaskKind
from directory.web.admin.access import current_officer
from directory.web.admin.actors import officer_names
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.paging import LENGTH, Paging, asked_page
from directory.web.admin.task_words import TITLES, due_in_words
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.templating import render

KIND, MINE, LATER = "kind", "mine", "later"
"""What of an address says which tasks are wanted."""


@dataclass(frozen=True, slots=True)
class Row:
    """A task in the list."""

    id: UUID
    title: str
    name: str
    due: str
    put_off: str
    assigned: str


@admin.get("/tasks")
def tasks() -> Page:
    """The open tasks, the most urgent first."""
    session, number = db.session(), asked_page()
    page, total = task_page(session, asked_filter(), today=clock.today(), limit=LENGTH, offset=Paging(number, 0).offset)
    names = organisation_names(session, {row.organisation_id for row in page if row.organisation_id})
    by = officer_names(session)
    return render(
        "admin/tasks.html",
        rows=[_row(row, names, by) for row in page],
        paging=Paging(number, total),
        kinds=_kinds(),
        asked={name: name in request.args for name in (MINE, LATER)},
        next_url=url_for("admin.next_task_of", **_kept()),
        after=request.args.get("after"),
    )


@admin.get("/tasks/next")
def next_task_of() -> Page:
    """To the task to do next, of those wanted; to the list where there is none."""
    task_id = next_task(db.session(), asked_filter(), today=clock.today())
    address = url_for("admin.task", task_id=task_id) if task_id else url_for("admin.tasks", **_kept())
    return redirect(address, HTTPStatus.SEE_OTHER)


def asked_filter() -> TaskFilter:
    """The tasks that the address asks for; what means nothing is passed over."""
    return TaskFilter(
        kinds=frozenset(TaskKind(kind) for kind in request.args.getlist(KIND) if kind in set(TaskKind)),
        assigned_to=current_officer().id if MINE in request.args else None,
        later_too=LATER in request.args,
    )


def _kept() -> dict[str, Any]:
    return {name: request.args.getlist(name) for name in (KIND, MINE, LATER) if name in request.args}


def _kinds() -> tuple[Option, ...]:
    asked = request.args.getlist(KIND)
    held = [
        Option(kind.value, words, kind.value in asked) for kind, words in sorted(TITLES.items(), key=lambda one: one[1])
    ]
    return (Option("", "All tasks", not any(option.chosen for option in held)), *held)


def _row(row: TaskRow, names: Mapping[str, str], by: Mapping[str, str]) -> Row:
    return Row(
        id=row.id,
        title=TITLES[row.kind],
        name=names.get(str(row.organisation_id), ""),
        due=due_in_words(row.snoozed_until or row.due_on, clock.today()),
        put_off=row.snooze_reason,
        assigned=by.get(f"officer:{row.assigned_to}", ""),
    )
