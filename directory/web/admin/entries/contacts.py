"""The update contacts of an entry: added, replaced, removed, and whether they may be emailed."""

from http import HTTPStatus
from uuid import UUID

from directory import clock
from directory.changes.queries import load_entry
from directory.checks.contacts import Mailbox, add_contact, remove_contact, replace_contact, set_contact_state
from directory.checks.rules import ContactEnded, ContactState, TooManyContacts
from directory.listing.overview import contact_view, overview
from directory.people.addresses import AddressInvalid
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.entries.words import CONTACT_STATES
from directory.web.admin.typed import Typed, filled, sent
from directory.web.entry_form.options import Option
from directory.web.extensions import db
from directory.web.locale import ENGLISH, PUBLISHED
from directory.web.policy import current_policy
from directory.web.templating import render
from directory.web.transaction import transaction

FIELDS = ("email", "name", "role", "language")
NOT_AN_ADDRESS = "Enter one email address, like office@example.org"
TOO_MANY = "There are two contacts already. Replace one of them, or remove one first"
ENDED = "Somebody else has replaced or removed that contact meanwhile. Add this one, if it is still wanted"
LANGUAGES = {language.code: language.name for language in PUBLISHED}


@admin.get("/entries/<uuid:organisation_id>/contacts/new")
def new_contact(organisation_id: UUID) -> Page:
    """The form for a new contact."""
    return _new_page(organisation_id, filled(language=current_policy(db.session()).contact_language))


@admin.post("/entries/<uuid:organisation_id>/contacts/new")
def send_contact(organisation_id: UUID) -> Page:
    """Add it, as the first or the second one."""
    typed = sent(*FIELDS)
    try:
        with transaction() as session:
            load_entry(session, organisation_id)
            add_contact(session, organisation_id, _mailbox(typed), by=actor(), now=clock.now())
    except (AddressInvalid, TooManyContacts) as error:
        words = TOO_MANY if isinstance(error, TooManyContacts) else NOT_AN_ADDRESS
        return _new_page(organisation_id, typed.wrong(email=words)), HTTPStatus.UNPROCESSABLE_ENTITY
    return led_to("admin.entry", "contact_added", organisation_id=organisation_id)


@admin.get("/entries/<uuid:organisation_id>/contacts/<uuid:contact_id>")
def contact(organisation_id: UUID, contact_id: UUID) -> Page:
    """What can be done with a contact."""
    return _page(organisation_id, contact_id, filled(language=ENGLISH.code))


@admin.post("/entries/<uuid:organisation_id>/contacts/<uuid:contact_id>")
def send_contact_state(organisation_id: UUID, contact_id: UUID) -> Page:
    """Say whether it may be emailed."""
    state = sent("state").get("state")
    if state not in set(ContactState):
        wrong = filled(language=ENGLISH.code).wrong(state="Choose whether we may email it")
        return _page(organisation_id, contact_id, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    with transaction() as session:
        contact_view(session, organisation_id, contact_id)
        set_contact_state(session, contact_id, ContactState(state), by=actor(), now=clock.now())
    return led_to("admin.entry", "contact_changed", organisation_id=organisation_id)


@admin.post("/entries/<uuid:organisation_id>/contacts/<uuid:contact_id>/replace")
def send_replacement(organisation_id: UUID, contact_id: UUID) -> Page:
    """Put another mailbox in its place; both addresses are told."""
    typed = sent(*FIELDS)
    try:
        with transaction() as session:
            contact_view(session, organisation_id, contact_id)
            replace_contact(session, contact_id, _mailbox(typed), by=actor(), now=clock.now())
    except AddressInvalid:
        wrong = typed.wrong(email=NOT_AN_ADDRESS)
        return _page(organisation_id, contact_id, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    except ContactEnded:
        return _new_page(organisation_id, typed.wrong(email=ENDED)), HTTPStatus.CONFLICT
    return led_to("admin.entry", "contact_replaced", organisation_id=organisation_id)


@admin.post("/entries/<uuid:organisation_id>/contacts/<uuid:contact_id>/remove")
def send_removal(organisation_id: UUID, contact_id: UUID) -> Page:
    """Take it away; its links end."""
    with transaction() as session:
        contact_view(session, organisation_id, contact_id)
        remove_contact(session, contact_id, by=actor(), now=clock.now())
    return led_to("admin.entry", "contact_removed", organisation_id=organisation_id)


def _mailbox(typed: Typed) -> Mailbox:
    """What was typed. Raises AddressInvalid where there is no address."""
    if not typed.get("email"):
        raise AddressInvalid
    language = typed.get("language")
    return Mailbox(
        email=typed.get("email"),
        language=language if language in LANGUAGES else ENGLISH.code,
        name=typed.get("name"),
        role=typed.get("role"),
    )


def _languages(chosen: str) -> list[Option]:
    return [Option(code, name, code == chosen) for code, name in LANGUAGES.items()]


def _new_page(organisation_id: UUID, typed: Typed) -> str:
    held = overview(db.session(), organisation_id)
    return render(
        "admin/entries/new_contact.html", entry=held, typed=typed, languages=_languages(typed.get("language"))
    )


def _page(organisation_id: UUID, contact_id: UUID, typed: Typed) -> str:
    session = db.session()
    held = contact_view(session, organisation_id, contact_id)
    return render(
        "admin/entries/contact.html",
        entry=overview(session, organisation_id),
        contact=held,
        typed=typed,
        states=[Option(state, words, state == held.state) for state, words in CONTACT_STATES.items()],
        languages=_languages(typed.get("language")),
    )
