"""Suggesting an organisation: a form, its errors, and a word of thanks. An officer decides what becomes of it."""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from directory import clock
from directory.organisations import phones
from directory.organisations.validity import is_link
from directory.people.addresses import normalise_email
from directory.signals import suggestions
from directory.signals.addresses import literal_address
from directory.signals.rules import LONGEST_TEXT, TooManyWaiting
from directory.web.extensions import db
from directory.web.limits import may_send
from directory.web.plain_form import SEND, PlainForm, new_form, one_line, sent_form
from directory.web.policy import current_policy
from directory.web.public.blueprint import public
from directory.web.public.problem import email_errors, too_often
from directory.web.templating import render
from directory.web.transaction import transaction

FORM = "suggest"
FIELDS = ("name", "description", "phone", "website", "email", "how_known", "reply_to")
LONGEST_LINE = 200


@public.get("/suggest")
def suggest() -> str:
    """The form."""
    return _page(new_form(FORM))


@public.post("/suggest")
def send_suggestion() -> Response | tuple[str, HTTPStatus]:
    """Keep the suggestion, or show the form again with what is wrong."""
    form = sent_form(FORM, FIELDS)
    form = form.with_errors(_errors(form))
    if form.errors:
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    if not may_send():
        return _page(form.with_errors({SEND: too_often()})), HTTPStatus.TOO_MANY_REQUESTS
    try:
        with transaction() as session:
            suggestions.suggest(session, _suggestion(form), reply_to=one_line(form.values["reply_to"]), now=clock.now())
    except TooManyWaiting:
        full = _("So many suggestions are waiting that we cannot take more this week. Send it again next week")
        return _page(form.with_errors({SEND: full})), HTTPStatus.TOO_MANY_REQUESTS
    return redirect(url_for("public.suggest_sent"), HTTPStatus.SEE_OTHER)


@public.get("/suggest/sent")
def suggest_sent() -> str:
    """Thanks, and what happens next."""
    return render("public/suggest_sent.html")


def _page(form: PlainForm) -> str:
    return render("public/suggest.html", form=form, kept_months=current_policy(db.session()).keep_reports_months)


def _errors(form: PlainForm) -> dict[str, str]:
    values = form.values
    errors = {}
    if not values["name"]:
        errors["name"] = _("Enter the name of the organisation")
    if not values["description"]:
        errors["description"] = _("Say what they do, and for whom")
    if values["phone"]:
        errors |= _phone_errors(values["phone"])
    if values["website"] and not _is_public_link(_link(values["website"])):
        errors["website"] = _("Enter a website like example.org")
    for name in ("email", "reply_to"):
        if values[name]:
            errors |= email_errors(name, values[name])
    for name, value in values.items():
        if name in ("description", "how_known") and len(value) > LONGEST_TEXT:
            errors[name] = _("Write no more than 1,000 characters")
        elif name not in ("description", "how_known") and len(value) > LONGEST_LINE:
            errors[name] = _("Write no more than 200 characters")
    return {name: errors[name] for name in FIELDS if name in errors}


def _phone_errors(phone: str) -> dict[str, str]:
    try:
        phones.normalise(one_line(phone))
    except phones.UnreadableNumber:
        return {"phone": _("Enter one phone number like 020 8489 1000")}
    return {}


def _link(website: str) -> str:
    """What people call a website, as a link."""
    website = one_line(website)
    return website if "://" in website else f"https://{website}"


def _is_public_link(link: str) -> bool:
    host = urlsplit(link).hostname or "" if is_link(link) else ""
    return "." in host.strip(".") and literal_address(host) is None


def _suggestion(form: PlainForm) -> suggestions.Suggestion:
    values = form.values
    return suggestions.Suggestion(
        name=one_line(values["name"]),
        description=values["description"],
        phone=phones.normalise(one_line(values["phone"])) if values["phone"] else "",
        website=_link(values["website"]) if values["website"] else "",
        email=normalise_email(one_line(values["email"])) if values["email"] else "",
        how_known=values["how_known"],
    )
