"""Saying what is wrong with an entry: a form, its errors, and a word of thanks. It changes no entry."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from directory import clock
from directory.organisations.queries import PublicOrganisation, public_organisation
from directory.people.addresses import AddressInvalid, normalise_email
from directory.signals.problems import report_problem
from directory.signals.rules import LONGEST_TEXT, ProblemKind
from directory.web.extensions import db
from directory.web.limits import may_send
from directory.web.plain_form import SEND, PlainForm, new_form, one_line, sent_form
from directory.web.policy import current_policy
from directory.web.public.blueprint import public
from directory.web.templating import render
from directory.web.transaction import transaction

FORM = "problem"
FIELDS = ("kind", "text", "email")


@public.get("/organisations/<slug>/problem")
def problem(slug: str) -> str:
    """The form."""
    entry = public_organisation(db.session(), slug)
    return _page(entry, new_form(FORM))


@public.post("/organisations/<slug>/problem")
def send_problem(slug: str) -> Response | tuple[str, HTTPStatus]:
    """Keep what was said, or show the form again with what is wrong."""
    entry = public_organisation(db.session(), slug)
    form = sent_form(FORM, FIELDS)
    form = form.with_errors(_errors(form))
    if form.errors:
        return _page(entry, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if not may_send():
        return _page(entry, form.with_errors({SEND: too_often()})), HTTPStatus.TOO_MANY_REQUESTS
    with transaction() as session:
        report_problem(
            session,
            entry.id,
            kind=ProblemKind(form.values["kind"]),
            text=form.values["text"],
            email=one_line(form.values["email"]),
            now=clock.now(),
        )
    return redirect(url_for("public.problem_sent", slug=slug), HTTPStatus.SEE_OTHER)


@public.get("/organisations/<slug>/problem/sent")
def problem_sent(slug: str) -> str:
    """Thanks, and what happens next."""
    entry = public_organisation(db.session(), slug)
    return render("public/problem_sent.html", slug=entry.slug, name=entry.details.name)


def too_often() -> str:
    """What whoever sends too many forms is told."""
    return _("You have sent a lot in the last hour. Wait an hour, then send it again")


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that may be wrong, as it is offered."""

    value: str
    words: str
    chosen: bool


def _kinds(chosen: str) -> tuple[Kind, ...]:
    words = {
        ProblemKind.NUMBER_DEAD: _("The phone number does not work"),
        ProblemKind.WRONG_NUMBER: _("The phone number is for someone else"),
        ProblemKind.NO_ANSWER: _("I tried them and got no answer"),
        ProblemKind.MOVED: _("They have moved"),
        ProblemKind.CLOSED: _("They have closed, or no longer do this"),
        ProblemKind.OTHER: _("Something else"),
    }
    return tuple(Kind(kind.value, said, kind == chosen) for kind, said in words.items())


def _errors(form: PlainForm) -> dict[str, str]:
    kind, text, email = (form.values[name] for name in FIELDS)
    errors = {}
    if kind not in set(ProblemKind):
        errors["kind"] = _("Choose what is wrong")
    if kind == ProblemKind.OTHER and not text:
        errors["text"] = _("Tell us what is wrong")
    if len(text) > LONGEST_TEXT:
        errors["text"] = _("Write no more than 1,000 characters")
    if email:
        errors |= email_errors("email", email)
    return errors


def email_errors(name: str, email: str) -> dict[str, str]:
    """What is wrong with an email address that was typed into the field of this name."""
    try:
        normalise_email(one_line(email))
    except AddressInvalid:
        return {name: _("Enter an email address like name@example.org")}
    return {}


def _page(entry: PublicOrganisation, form: PlainForm) -> str:
    return render(
        "public/problem.html",
        form=form,
        slug=entry.slug,
        name=entry.details.name,
        kinds=_kinds(form.values.get("kind", "")),
        kept_months=current_policy(db.session()).keep_reports_months,
    )
