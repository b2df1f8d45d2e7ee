"""The old mailbox says yes or no to a new one. Its rule of access: a link decides the one change it was made for.

Opening the link changes nothing, and neither does its button before something is chosen: programs that read mail open
links and press buttons too.
"""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, g, redirect, request, url_for
from flask_babel import gettext as _

from directory import clock
from directory.changes.contact_text import holds_contact
from directory.changes.queries import load_entry
from directory.checks.contact_changes import AskedChange, AskedState, asked_change
from directory.checks.contacts import decide_contact_change
from directory.checks.keeping import day_of
from directory.checks.links import CONTACT_CHANGE, BadToken, LinkSigner
from directory.checks.rules import ContactChangeDecided, LinkUnknown
from directory.organisations.queries import current_slug
from directory.web.entry_form.options import Option
from directory.web.entry_words import date_in_words
from directory.web.extensions import current_settings, db
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.typed_text import short
from directory.web.update.blueprint import LANGUAGE, Page, choose_language, language_links
from directory.web.update.fields import sent

CLOSED = {AskedState.EXPIRED: "update/change_expired.html", AskedState.ENDED: "update/revoked.html"}
"""The pages of changes that cannot be decided any more, and were not."""
YES, NO = "yes", "no"

agreement = Blueprint("agreement", __name__, url_prefix="/c")
agreement.context_processor(language_links)


@agreement.url_value_preprocessor
def _take_token(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.token = (values or {}).pop("token", "")


@agreement.url_defaults
def _give_token(_endpoint: str, values: dict[str, Any]) -> None:
    values.setdefault("token", g.get("token", ""))
    if g.get("chosen_language"):
        values.setdefault(LANGUAGE, g.chosen_language)


@agreement.before_request
def _open_change() -> Page | None:
    choose_language(request.args.get(LANGUAGE, ""))
    session = db.session()
    change_id = LinkSigner(current_settings().link_keys, CONTACT_CHANGE).link_id(g.token)
    g.asked_change = change = asked_change(session, change_id, clock.now())
    if not g.get("language"):
        g.language = change.language
    if change.state in CLOSED:
        slug = current_slug(session, change.organisation_id)
        return render(CLOSED[change.state], slug=slug), HTTPStatus.GONE
    return None


@agreement.get("/<token>")
def question() -> Page:
    """What is asked for; or, once it is decided, what was decided."""
    change = _current()
    if change.state is AskedState.WAITING:
        return _page(change)
    return render(
        "update/change_decided.html",
        name=_name(change),
        is_agreed=change.state is AskedState.AGREED,
        on=date_in_words(day_of(change.decided_at or change.asked_at)),
    )


@agreement.post("/<token>")
def decide() -> Page:
    """Take the answer. The first counts: whoever comes later is shown what was decided."""
    change, said = _current(), sent("answer")["answer"]
    if change.state is AskedState.WAITING:
        if said not in {YES, NO}:
            return _page(change, _("Choose yes or no")), HTTPStatus.UNPROCESSABLE_ENTITY
        _decide(change, is_agreed=said == YES)
    return redirect(url_for("agreement.question"), HTTPStatus.SEE_OTHER)


def _decide(change: AskedChange, *, is_agreed: bool) -> None:
    now = clock.now()
    try:
        with transaction() as session:
            if asked_change(session, change.id, now).state is AskedState.WAITING:
                decide_contact_change(session, change.id, is_agreed=is_agreed, by=f"link:{change.id}", now=now)
    except ContactChangeDecided:
        return  # somebody was faster, and the page says what they decided


@agreement.errorhandler(BadToken)
@agreement.errorhandler(LinkUnknown)
def _answer_unknown(_error: Exception) -> Page:
    return render("update/unknown.html"), HTTPStatus.NOT_FOUND


def _current() -> AskedChange:
    change: AskedChange = g.asked_change
    return change


def _name(change: AskedChange) -> str:
    return load_entry(db.session(), change.organisation_id).details.name


def _page(change: AskedChange, error: str = "") -> str:
    person = ", ".join(filter(None, (change.name, change.role)))
    words = {YES: _("Yes, write to the new address"), NO: _("No, go on writing to this one")}
    return render(
        "update/change.html",
        name=_name(change),
        email=change.email,
        person="" if holds_contact(person) else short(person),
        is_by_link=change.is_by_link,
        on=date_in_words(day_of(change.asked_at)),
        options=tuple(Option(answer, said, chosen=False) for answer, said in words.items()),
        errors={"answer": error} if error else {},
    )
