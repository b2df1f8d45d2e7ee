"""One's own account: what one may do, and the weekly mail."""

from http import HTTPStatus

from flask import redirect, request, url_for

from directory import clock
from directory.accounts.operations import set_weekly_digest
from directory.accounts.queries import recovery_codes_left
from directory.web.admin.access import actor, current_officer
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.people import ROLES
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.transaction import transaction

TOLD = {
    "passphrase": "Your passphrase is changed. You are signed out everywhere else.",
    "digest": "That is noted.",
}
"""What was done just before, by the name that the address has for it."""


@admin.get("/account")
def account() -> Page:
    """What is yours."""
    officer = current_officer()
    left = recovery_codes_left(db.session(), officer.id)
    told = TOLD.get(request.args.get("told", ""), "")
    return render("admin/account.html", role=ROLES[officer.role], codes_left=left, told=told)


@admin.post("/account/digest")
def set_digest() -> Page:
    """Have the weekly mail, or do without."""
    is_wanted = request.form.getlist("digest")[-1:] == ["yes"]
    with transaction() as session:
        set_weekly_digest(session, current_officer().id, is_wanted=is_wanted, by=actor(), now=clock.now())
    return redirect(url_for("admin.account", told="digest"), HTTPStatus.SEE_OTHER)
