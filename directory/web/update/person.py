"""Asking whoever is not the right person who is; all of it may stay empty."""

from http import HTTPStatus

from flask_babel import gettext as _

from directory.checks.answers import RightPerson
from directory.checks.rules import AnswerKind
from directory.people.addresses import AddressInvalid, normalise_email
from directory.web.templating import render
from directory.web.update.blueprint import Page, update
from directory.web.update.drafts import signed
from directory.web.update.entry import current_entry
from directory.web.update.fields import SIGNATURE, Typed, length_errors, sent, signature_errors
from directory.web.update.keep import keep_answer

RIGHT = ("right_name", "right_role", "right_email")


@update.get("/<token>/person")
def person() -> Page:
    """The question."""
    return _page(Typed({**dict.fromkeys(RIGHT, ""), **signed()}))


@update.post("/<token>/person")
def send_person() -> Page:
    """Keep the answer, with whom to ask instead if somebody is named."""
    values = sent(*RIGHT, *SIGNATURE)
    errors = length_errors(values, RIGHT) | _email_errors(values["right_email"]) | signature_errors(values)
    if errors:
        return _page(Typed(values, errors)), HTTPStatus.UNPROCESSABLE_ENTITY
    right = RightPerson(name=values["right_name"], role=values["right_role"], email=values["right_email"])
    return keep_answer(AnswerKind.WRONG_PERSON, name=values["name"], role=values["role"], right_person=right)


def _email_errors(email: str) -> dict[str, str]:
    try:
        normalise_email(email) if email else None
    except AddressInvalid:
        return {"right_email": _("Enter an email address like name@example.org")}
    return {}


def _page(form: Typed) -> str:
    return render("update/person.html", form=form, name=current_entry().details.name)
