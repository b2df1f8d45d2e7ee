"""What is held about people: finding somebody, giving it out, and erasing them."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from uuid import UUID

from flask import Response, abort, redirect, request, url_for

from directory import clock
from directory.people.operations import PersonUnknown
from directory.privacy.erasures import ErasuresUnwritable, list_erasures
from directory.privacy.holdings import MOST_FOUND, KnownPerson, as_json, find_people, held_about, namesakes
from directory.privacy.operations import OfficerNotDisabled, erase, note_export
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.privacy_words import kinds_of, person_shown
from directory.web.extensions import current_settings, db
from directory.web.plain_form import one_line, tidy
from directory.web.templating import render
from directory.web.transaction import transaction

FILE = "held.json"
MOST_CHOSEN = 50
IS_OFFICER = "This is an officer who can sign in. Do not let them in any more first (People), then erase"
UNLISTED = "The list of erasures cannot be written, so nobody was erased. Tell whoever runs the site"
NOBODY_TICKED = "Tick at least one person"
UNSURE = "Tick the box if you are sure"


@admin.get("/privacy")
def privacy() -> Page:
    """Who is looked for."""
    return _search("", None)


@admin.post("/privacy")
def find_person() -> Page:
    """Those whose name or address holds what was typed, which stands in no address."""
    words = one_line(tidy(request.form.get("words", "")))
    errors = {} if words else {"words": "Enter a name or an email address"}
    page = _search(words, find_people(db.session(), words), errors)
    return (page, HTTPStatus.UNPROCESSABLE_ENTITY) if errors else page


@admin.get("/privacy/held")
def person_held() -> Page:
    """Everything that is held about those who were chosen, who are taken for one."""
    return _page(_chosen(request.args.getlist("id")))


@admin.post("/privacy/held")
def tick_people() -> Page:
    """On to those who were ticked; where nobody was, the search as it was. What was looked for stands in no address."""
    chosen = _chosen(request.form.getlist("id"))
    if chosen:
        address = url_for("admin.person_held", id=[str(one) for one in chosen])
        return redirect(address, HTTPStatus.SEE_OTHER)
    words = one_line(tidy(request.form.get("words", "")))
    return _search(words, find_people(db.session(), words), {"id": NOBODY_TICKED}), HTTPStatus.UNPROCESSABLE_ENTITY


@admin.post("/privacy/held/file")
def export_person() -> Response:
    """The same as a file for whom it is about. That it was given out is noted."""
    chosen, now = _chosen(request.form.getlist("id")), clock.now()
    try:
        with transaction() as session:
            note_export(session, chosen, by=actor(), now=now)
        held = held_about(db.session(), chosen)
    except PersonUnknown:
        abort(HTTPStatus.NOT_FOUND)
    text = json.dumps(as_json(held, now), ensure_ascii=False, indent=2)
    return Response(text, mimetype="application/json", headers={"Content-Disposition": f"attachment; filename={FILE}"})


@admin.post("/privacy/held/erase")
def erase_person() -> Page:
    """Forget them for good."""
    chosen, now = _chosen(request.form.getlist("id")), clock.now()
    if request.form.get("sure") != "yes":
        return _page(chosen, {"sure": UNSURE}), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction() as session:
            ids = erase(session, chosen, by=actor(), now=now)
            list_erasures(current_settings().erasure_log, ids, now)
    except PersonUnknown:
        abort(HTTPStatus.NOT_FOUND)
    except OfficerNotDisabled:
        return _page(chosen, {"sure": IS_OFFICER}), HTTPStatus.CONFLICT
    except ErasuresUnwritable:
        return _page(chosen, {"sure": UNLISTED}), HTTPStatus.SERVICE_UNAVAILABLE
    return led_to("admin.privacy", "person_erased")


def _chosen(given: list[str]) -> tuple[UUID, ...]:
    """The ids that were sent; 404 for what is none."""
    try:
        return tuple(dict.fromkeys(UUID(text) for text in given[:MOST_CHOSEN]))
    except ValueError:
        abort(HTTPStatus.NOT_FOUND)


def _search(words: str, found: Iterable[KnownPerson] | None, errors: Mapping[str, str] | None = None) -> str:
    people = None if found is None else [person_shown(person) for person in found]
    return render("admin/privacy.html", words=words, found=people, errors=errors or {}, most=MOST_FOUND)


def _page(chosen: tuple[UUID, ...], errors: Mapping[str, str] | None = None) -> str:
    session = db.session()
    try:
        held = held_about(session, chosen)
    except PersonUnknown:
        abort(HTTPStatus.NOT_FOUND)
    people = [person_shown(person) for person in held.people]
    return render(
        "admin/held.html",
        chosen=[str(one) for one in chosen],
        people=people,
        kinds=kinds_of(held.records),
        others=[person_shown(person) for person in namesakes(session, [person.id for person in held.people])],
        may_be_erased=not all(person.is_erased for person in people),
        errors=errors or {},
    )
