"""One officer, and what a manager may do with them."""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from uuid import UUID

from flask import redirect, request, url_for

from directory import clock
from directory.accounts import operations
from directory.accounts.queries import officer_of, recovery_codes_left
from directory.accounts.rules import LastManager, OfficerState, OfficerStateRefused, Role
from directory.web.admin.access import actor, current_officer
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.people import name_fault, role_choices, row_of
from directory.web.extensions import db
from directory.web.plain_form import one_line, tidy
from directory.web.templating import render
from directory.web.transaction import transaction

TOLD: Mapping[str, str] = {
    "invited": "Invited. The link is on its way by email, and works for seven days.",
    "name": "The name is changed.",
    "role": "The role is changed. It counts from their next click on.",
    "disabled": "They cannot sign in any more, and are signed out everywhere.",
    "enabled": "They can sign in again.",
    "reset": "What they signed in with has stopped working. A link to choose anew is on its way by email.",
    "signed-out": "They are signed out everywhere.",
}
"""What was done just before, by the name that the address has for it."""
LAST = "This is the last manager who can sign in. Make somebody else a manager first"
OWN_ROLE = "Ask another manager to change your own role"
NOT_NOW = "That does not fit any more: somebody was faster. Look at the page as it is now"


@admin.get("/people/<uuid:officer_id>")
def person(officer_id: UUID) -> Page:
    """Who it is, and what can be done."""
    return _page(officer_id, TOLD.get(request.args.get("told", ""), ""))


@admin.post("/people/<uuid:officer_id>/name")
def rename_person(officer_id: UUID) -> Page:
    """Call them something else."""
    name = one_line(tidy(request.form.get("name", "")))
    if fault := name_fault(name):
        return _page(officer_id, errors={"name": fault}), HTTPStatus.UNPROCESSABLE_ENTITY
    return _do(officer_id, partial(operations.rename, name=name), told="name", field="name")


@admin.post("/people/<uuid:officer_id>/role")
def change_role(officer_id: UUID) -> Page:
    """Let them do more, or less; nobody takes their own role away by a slip."""
    if officer_id == current_officer().id:
        return _page(officer_id, errors={"role": OWN_ROLE}), HTTPStatus.CONFLICT
    given = request.form.getlist("role")[-1:]
    if not given or given[0] not in set(Role):
        return _page(officer_id, errors={"role": "Choose what they may do"}), HTTPStatus.UNPROCESSABLE_ENTITY
    return _do(officer_id, partial(operations.change_role, role=Role(given[0])), told="role", field="role")


@admin.post("/people/<uuid:officer_id>/disable")
def disable_person(officer_id: UUID) -> Page:
    """Let them in no more."""
    return _do(officer_id, operations.disable, told="disabled", field="disable")


@admin.post("/people/<uuid:officer_id>/enable")
def enable_person(officer_id: UUID) -> Page:
    """Let them in again."""
    return _do(officer_id, operations.enable, told="enabled", field="enable")


@admin.post("/people/<uuid:officer_id>/reset")
def reset_person(officer_id: UUID) -> Page:
    """Have them choose anew what they sign in with."""
    return _do(officer_id, operations.reset, told="reset", field="reset")


@admin.post("/people/<uuid:officer_id>/invitation")
def invite_again(officer_id: UUID) -> Page:
    """Send the link once more, in the place of the one before."""
    return _do(officer_id, operations.send_invitation, told="invited", field="invitation")


@admin.post("/people/<uuid:officer_id>/sign-out")
def sign_out_person(officer_id: UUID) -> Page:
    """End their sessions."""
    return _do(officer_id, operations.sign_out_everywhere, told="signed-out", field="sign-out")


def _do(officer_id: UUID, act: Callable[..., object], *, told: str, field: str) -> Page:
    """Do it, and say so; or say beside its button why not."""
    try:
        with transaction() as session:
            act(session, officer_id, by=actor(), now=clock.now())
    except LastManager:
        return _page(officer_id, errors={field: LAST}), HTTPStatus.CONFLICT
    except OfficerStateRefused:
        return _page(officer_id, errors={"main": NOT_NOW}), HTTPStatus.CONFLICT  # its button may be gone
    return redirect(url_for("admin.person", officer_id=officer_id, told=told), HTTPStatus.SEE_OTHER)


def _page(officer_id: UUID, told: str = "", errors: Mapping[str, str] | None = None) -> str:
    session = db.session()
    officer = officer_of(session, officer_id)
    return render(
        "admin/person.html",
        row=row_of(officer),
        can_sign_in=officer.state is OfficerState.ACTIVE,
        is_invited=officer.state is OfficerState.INVITED,
        is_erased=not officer.email,
        is_self=officer.actor == actor(),
        codes_left=recovery_codes_left(session, officer_id),
        roles=role_choices(officer.role.value),
        told=told,
        errors=errors or {},
    )
