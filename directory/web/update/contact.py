"""Asking that our mail goes to another mailbox: the old one is asked for a yes, and until then nothing changes."""

from http import HTTPStatus

from flask import redirect, url_for
from flask_babel import gettext as _

from directory import clock
from directory.checks.contact_changes import may_be_asked
from directory.checks.contacts import Mailbox, ask_contact_change
from directory.checks.queries import contact as contact_of
from directory.people.addresses import AddressInvalid, masked, normalise_email
from directory.people.operations import person
from directory.web.extensions import db
from directory.web.policy import current_ladder
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.update.blueprint import Page, current_link, link_id, update
from directory.web.update.entry import current_entry
from directory.web.update.fields import Typed, length_errors, sent

NEW = ("new_email", "new_name", "new_role")


@update.get("/<token>/contact")
def contact() -> Page:
    """Where our mail goes, as far as who knows the address recognises it, and the question where it should go."""
    return _page(Typed(dict.fromkeys(NEW, "")))


@update.post("/<token>/contact")
def send_contact() -> Page:
    """Ask the old address. Only that of the link's own contact can be asked."""
    values = sent(*NEW)
    errors = length_errors(values, NEW) | _email_errors(values["new_email"])
    if not errors and not _ask(values):
        errors = {"new_email": _("We send at most three of these emails a day. Try again tomorrow")}
    if errors:
        return _page(Typed(values, errors)), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("update.answer", told="contact-asked"), HTTPStatus.SEE_OTHER)


def _ask(values: dict[str, str]) -> bool:
    """Whether the old address could be asked today."""
    link, now = current_link(), clock.now()
    new = Mailbox(email=values["new_email"], name=values["new_name"], role=values["new_role"], language=link.language)
    with transaction() as session:
        if not may_be_asked(session, link.contact_id, now):
            return False
        ladder = current_ladder(session)
        ask_contact_change(session, link.contact_id, new, by=f"link:{link_id()}", now=now, ladder=ladder)
    return True


def _email_errors(email: str) -> dict[str, str]:
    try:
        new = normalise_email(email)
    except AddressInvalid:
        return {"new_email": _("Enter an email address like name@example.org")}
    if new.casefold() == _address_now().casefold():
        return {"new_email": _("We write to this address already. Enter another one")}
    return {}


def _address_now() -> str:
    session = db.session()
    return person(session, contact_of(session, current_link().contact_id).person_id).email


def _page(form: Typed) -> str:
    return render("update/contact.html", form=form, name=current_entry().details.name, address=masked(_address_now()))
