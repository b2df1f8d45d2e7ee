"""The one screen: the entry as the public sees it, and what its organisation says of it; later what became of that."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import redirect, request, url_for
from flask_babel import gettext as _

from directory.changes.queries import answer_outcome
from directory.changes.rules import NotAllCorrect
from directory.checks.issuing import LinkState
from directory.checks.keeping import day_of
from directory.checks.rules import AnswerKind
from directory.web.entry_form.options import Option
from directory.web.entry_form.sections import ALL, ORGANISATION, PLACES, sections_of
from directory.web.entry_words import date_in_words
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.update.blueprint import Page, current_link, update
from directory.web.update.drafts import put_signature, signed
from directory.web.update.edit import begun_at
from directory.web.update.entry import current_entry, shown
from directory.web.update.fields import SIGNATURE, Typed, sent, signature_errors
from directory.web.update.keep import keep_answer
from directory.web.update.outcome import outcome_in_words, sent_before, still_waits

AT_ONCE = frozenset({AnswerKind.ALL_CORRECT, AnswerKind.CLOSED})
"""The answers after which nothing more is asked."""
NEXT = {
    AnswerKind.CHANGED: "update.edit",
    AnswerKind.PART: "update.part",
    AnswerKind.WRONG_PERSON: "update.person",
}
"""Where the others lead."""


OF_ORGANISATION = (ORGANISATION, PLACES)
OF_SERVICES = tuple(section for section in ALL if section not in OF_ORGANISATION)


@update.get("/<token>")
def answer() -> Page:
    """The entry and the question; or, once it is answered, what became of the answer."""
    if current_link().state is LinkState.ANSWERED:
        return _answered()
    return _page(Typed({"kind": "", **signed()}))


@update.post("/<token>")
def send_answer() -> Page:
    """Keep an answer, or lead on to where the rest of it is asked."""
    values = sent("kind", *SIGNATURE)
    errors = {} if values["kind"] in {*AT_ONCE, *NEXT} else {"kind": _("Choose what is true of the entry")}
    if values["kind"] == AnswerKind.ALL_CORRECT and begun_at(current_entry()):
        errors["kind"] = _("You began changes that you have not sent. Send them or drop them first.")
    errors |= signature_errors(values)
    if errors:
        return _page(Typed(values, errors)), HTTPStatus.UNPROCESSABLE_ENTITY
    kind = AnswerKind(values["kind"])
    if kind in AT_ONCE:
        return _kept(kind, values)
    put_signature(name=values["name"], role=values["role"])
    return redirect(url_for(NEXT[kind]), HTTPStatus.SEE_OTHER)


def _kept(kind: AnswerKind, values: Mapping[str, str]) -> Page:
    try:
        return keep_answer(kind, name=values["name"], role=values["role"])
    except NotAllCorrect as error:
        return _page(Typed(values, {"kind": still_waits(error.sent_at)})), HTTPStatus.UNPROCESSABLE_ENTITY


def _page(form: Typed) -> str:
    entry = current_entry()
    return render(
        "update/answer.html",
        form=form,
        name=entry.details.name,
        parts=shown(entry.details),
        changeable=(sections_of(OF_ORGANISATION), sections_of(OF_SERVICES)),
        told=_told_at_once(),
        sent_before=sent_before(entry.id),
        begun_at=begun_at(entry),
        kinds=_kinds(form.values["kind"]),
        expires=date_in_words(day_of(current_link().expires_at)),
    )


def _kinds(chosen: str) -> tuple[Option, ...]:
    words = {
        AnswerKind.ALL_CORRECT: _("All of this is correct"),
        AnswerKind.CHANGED: _("Something has changed"),
        AnswerKind.PART: _("I checked only a part of it"),
        AnswerKind.CLOSED: _("We have closed, or no longer do this"),
        AnswerKind.WRONG_PERSON: _("I am the wrong person to ask"),
    }
    return tuple(Option(kind.value, said, kind == chosen) for kind, said in words.items())


def _told_at_once() -> str:
    """What became of what was to be public at once, for whoever has just sent it."""
    return {
        "public": _("Thank you. What you told people is public now."),
        "waiting": _("Thank you. A person in the Community Safety Team looks at it before it is public."),
        "in-part": _("Thank you. Some of it is public now. A person in the Community Safety Team looks at the rest."),
        "contact-asked": _(
            "Thank you. We sent an email to the address that we write to now."
            " When somebody there says yes, we write to the new address."
        ),
    }.get(request.args.get("told", ""), "")


def _answered() -> str:
    given = current_link().answer
    if given is None:
        raise RuntimeError("an answered link has its answer")
    outcome = answer_outcome(db.session(), given.answer_id)
    entry = current_entry()
    return render(
        "update/answered.html",
        name=entry.details.name,
        on=date_in_words(day_of(given.at)),
        outcome=outcome_in_words(given, outcome),
        reasons=outcome.reasons if outcome else (),
        is_by_this_link=given.is_by_this_link,
    )
