"""Who may use the desk: the list, and inviting somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import redirect, request, url_for

from directory import clock
from directory.accounts.operations import invite as take_invitation
from directory.accounts.queries import Officer, officers
from directory.accounts.rules import OfficerExists, OfficerState, Role
from directory.checks.keeping import day_of
from directory.people.addresses import AddressInvalid
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.plain_form import one_line, tidy
from directory.web.templating import render
from directory.web.transaction import transaction

ROLES: Mapping[Role, str] = {
    Role.VIEWER: "Viewer: reads everything at the desk",
    Role.OFFICER: "Officer: also decides about changes, and edits, publishes and hides entries",
    Role.MANAGER: "Manager: also sets how the directory works, and who may use the desk",
}
STATES: Mapping[OfficerState, str] = {
    OfficerState.INVITED: "Invited, has not joined yet",
    OfficerState.ACTIVE: "Can sign in",
    OfficerState.DISABLED: "Cannot sign in",
}
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody in the list."""

    id: UUID
    name: str
    email: str
    role: str
    state: str
    last: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A role that can be chosen."""

    value: str
    words: str
    chosen: bool


@admin.get("/people")
def people() -> Page:
    """Everybody, by name."""
    rows = [row_of(officer) for officer in officers(db.session())]
    return render("admin/people.html", rows=rows)


@admin.get("/people/new")
def new_person() -> Page:
    """Whom to invite."""
    return _page({"name": "", "email": "", "role": ""}, {})


@admin.post("/people/new")
def invite() -> Page:
    """Add somebody and mail them the link."""
    typed = {name: one_line(tidy(request.form.get(name, ""))) for name in ("name", "email")}
    typed["role"] = "".join(request.form.getlist("role")[-1:])  # before the one that is chosen stands an empty one
    errors = _errors(typed)
    if not errors:
        try:
            officer_id = _invite(typed)
            return redirect(url_for("admin.person", officer_id=officer_id, told="invited"), HTTPStatus.SEE_OTHER)
        except AddressInvalid:
            errors = {"email": "Enter one email address, like name@haringey.gov.uk"}
        except OfficerExists:
            errors = {"email": "Somebody with this address is at the desk already, or was. Look in the list"}
    return _page(typed, errors), HTTPStatus.UNPROCESSABLE_ENTITY


def _invite(typed: Mapping[str, str]) -> UUID:
    role = Role(typed["role"])
    with transaction() as session:
        return take_invitation(
            session, name=typed["name"], email=typed["email"], role=role, by=actor(), now=clock.now()
        )


def row_of(officer: Officer) -> Row:
    """Somebody as the list shows them."""
    last = officer.last_signed_in_at
    return Row(
        id=officer.id,
        name=officer.name,
        email=officer.email,
        role=ROLES[officer.role].partition(":")[0],
        state=STATES[officer.state],
        last=date_in_words(day_of(last)) if last else "",
    )


def name_fault(name: str) -> str:
    """What is wrong with a name; empty if nothing is."""
    if not name:
        return "Enter the name of the person"
    return f"Use at most {LONGEST_NAME} characters" if len(name) > LONGEST_NAME else ""


def role_choices(chosen: str) -> list[Choice]:
    """The roles, one of them perhaps chosen."""
    return [Choice(role.value, words, role.value == chosen) for role, words in ROLES.items()]


def _errors(typed: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    if fault := name_fault(typed["name"]):
        errors["name"] = fault
    if not typed["email"]:
        errors["email"] = "Enter their work email address"
    if typed["role"] not in set(Role):
        errors["role"] = "Choose what they may do"
    return errors


def _page(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    return render("admin/new_person.html", typed=typed, roles=role_choices(typed["role"]), errors=errors)
