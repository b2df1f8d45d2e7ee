"""Adding an entry: a name and how people reach it, compared with what there is, and with what is not to be listed."""

from http import HTTPStatus
from uuid import uuid4

from flask import request

from directory import clock
from directory.listing.adding import add_draft
from directory.organisations import phones
from directory.organisations.details import OrganisationDetails, OrganisationKind, Phone, ServiceDetails
from directory.organisations.validity import is_link
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.words import ORGANISATION_KINDS
from directory.web.admin.likeness_words import Warned, like_in_words, not_listed_in_words
from directory.web.admin.typed import Typed, sent
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.templating import render
from directory.web.transaction import transaction

ANYWAY = "anyway"


@admin.get("/entries/new")
def add_entry() -> Page:
    """The form."""
    return _page(Typed())


@admin.post("/entries/new")
def send_entry() -> Page:
    """Add a draft; or show first what it is like, so that nobody adds it without knowing."""
    typed = _typed()
    if typed.errors:
        return _page(typed), HTTPStatus.UNPROCESSABLE_ENTITY
    details = _details(typed)
    if ANYWAY not in request.form:
        like, not_listed = like_in_words(db.session(), details), not_listed_in_words(db.session(), details)
        if like or not_listed:
            return _page(typed, like, not_listed), HTTPStatus.CONFLICT
    with transaction() as session:
        organisation_id = add_draft(session, details, by=actor(), now=clock.now())
    return led_to("admin.entry", "added", organisation_id=organisation_id)


def _typed() -> Typed:
    typed = sent("name", "kind", "phone", "website")
    return typed.wrong(
        name="" if typed.get("name") else "Enter the name of the organisation",
        kind="" if typed.get("kind") in set(OrganisationKind) else "Choose what kind of organisation it is",
        phone=phone_error(typed.get("phone")),
        website=website_error(typed.get("website")),
    )


def link_of(website: str) -> str:
    """What people call a website, as a link."""
    return website if not website or "://" in website else f"https://{website}"


def phone_error(phone: str) -> str:
    """The sentence for what is no phone number; nothing for what is one, or empty."""
    try:
        if phone:
            phones.normalise(phone)
    except phones.UnreadableNumber:
        return "Enter one phone number, like 020 8489 1000"
    return ""


def website_error(website: str) -> str:
    """The sentence for what is no website; nothing for what is one, or empty."""
    return "" if not website or is_link(link_of(website)) else "Enter a website, like example.org"


def _details(typed: Typed) -> OrganisationDetails:
    """What is known, with one service of the same name where there is a number."""
    phone, name = typed.get("phone"), typed.get("name")
    numbers = (Phone(number=phones.normalise(phone)),) if phone else ()
    return OrganisationDetails(
        name=name,
        kind=OrganisationKind(typed.get("kind")),
        website=link_of(typed.get("website")),
        services=(ServiceDetails(id=uuid4(), name=name, phones=numbers),),
    )


def _page(typed: Typed, like: list[Warned] | None = None, not_listed: list[str] | None = None) -> str:
    chosen = typed.get("kind")
    return render(
        "admin/entries/add.html",
        typed=typed,
        kinds=[Option(kind, words, kind == chosen) for kind, words in ORGANISATION_KINDS.items()],
        like=like or [],
        not_listed=not_listed or [],
    )
