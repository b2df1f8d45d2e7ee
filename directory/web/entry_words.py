"""What an entry says, in the reader's words: facts that are known, each as a plain sentence."""

from collections.abc import Iterator
from datetime import date, datetime

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

from directory.clock import LONDON
from directory.organisations.details import (
    Interpreting,
    OrganisationKind,
    PassesToPolice,
    PhoneKind,
    Referral,
    ServiceDetails,
    TakingNewPeople,
)
from directory.organisations.rules import ConfirmedBy
from directory.organisations.standing import Standing
from directory.search.card import Card
from directory.web.typed_text import isolated


def date_in_words(day: date) -> str:
    """A day as the reader's language writes it: `3 March 2026`."""
    return str(format_date(day, "long", locale=get_locale()))


def confirmed_in_words(confirmed_at: datetime | None, confirmed_by: ConfirmedBy | None) -> str:
    """When and how an entry was last confirmed."""
    if confirmed_at is None:
        return _("Not yet confirmed by the organisation.")
    day = date_in_words(confirmed_at.astimezone(LONDON).date())
    words = {
        ConfirmedBy.ORGANISATION: _("Confirmed by the organisation on %(date)s.", date=day),
        ConfirmedBy.OFFICER_BY_PHONE: _("We rang them and checked on %(date)s.", date=day),
        ConfirmedBy.OFFICER_BY_SOURCE: _("We checked this against their own information on %(date)s.", date=day),
        ConfirmedBy.ANOTHER_DIRECTORY: _("Confirmed by another directory on %(date)s.", date=day),
    }
    return words[confirmed_by] if confirmed_by else _("Checked on %(date)s.", date=day)


def doubts_in_words(standing: Standing) -> tuple[str, ...]:
    """What is known against an entry: that it has closed or changed, or that nobody confirmed it in time."""
    doubts = []
    if standing.told_closed_on:
        day = date_in_words(standing.told_closed_on)
        doubts.append(
            _("They told us on %(date)s that they have closed or no longer do this. We are checking.", date=day)
        )
    elif standing.told_changed_on:
        day = date_in_words(standing.told_changed_on)
        doubts.append(_("They told us on %(date)s that this has changed. We are checking.", date=day))
    if standing.overdue_since:
        confirmed = standing.confirmed_at
        since = confirmed.astimezone(LONDON).date() if confirmed else standing.overdue_since
        doubts.append(_("Not confirmed since %(date)s.", date=date_in_words(since)))
    return tuple(doubts)


def last_seen_in_words(year: int | None) -> str:
    """The caution on a fact that was last seen long ago; empty where there is none."""
    return _("Last seen in %(year)s. It may have changed.", year=str(year)) if year else ""


def place_last_seen_in_words(year: int | None) -> str:
    """The caution on an address that was last seen long ago; empty where there is none."""
    return _("Last seen in %(year)s. Check before you travel.", year=str(year)) if year else ""


def organisation_kind_in_words(kind: OrganisationKind) -> str:
    """What sort of body it is."""
    return {
        OrganisationKind.STATUTORY: _("Public body"),
        OrganisationKind.VOLUNTARY: _("Charity or voluntary organisation"),
        OrganisationKind.COMMUNITY: _("Community organisation"),
        OrganisationKind.FAITH: _("Faith organisation"),
    }[kind]


def phone_verb(kind: str) -> str:
    """What a tap on a number does."""
    return {
        PhoneKind.VOICE: _("Call"),
        PhoneKind.TEXT: _("Text"),
        PhoneKind.WHATSAPP: _("WhatsApp"),
        PhoneKind.TEXTPHONE: _("Textphone"),
        PhoneKind.VOICEMAIL: _("Leave a message"),
    }[PhoneKind(kind)]


def phone_note(kind: str) -> str:
    """What a caller must know about a number that is not an ordinary one."""
    return {
        PhoneKind.VOICE: "",
        PhoneKind.TEXT: _("Text messages only"),
        PhoneKind.WHATSAPP: _("WhatsApp messages"),
        PhoneKind.TEXTPHONE: _("For textphones only"),
        PhoneKind.VOICEMAIL: _("Nobody answers: leave a message and they call back"),
    }[PhoneKind(kind)]


def interpreting_in_words(ways: Iterator[str] | list[str] | tuple[str, ...]) -> list[str]:
    """How people who speak another language than the staff are served."""
    words = {
        Interpreting.NONE: _("They have no interpreters."),
        Interpreting.ON_REQUEST: _("They can book an interpreter if you ask."),
        Interpreting.TELEPHONE: _("They can add an interpreter to a phone call, for most languages."),
        Interpreting.BSL: _("They can book a British Sign Language interpreter."),
    }
    return [words[Interpreting(way)] for way in ways]


def audience_in_words(entry: ServiceDetails) -> list[str]:
    """Who may use a service, as far as it is limited."""
    return list(
        _limits(
            entry.minimum_age,
            entry.maximum_age,
            women_only=entry.women_only,
            lgbt_only=entry.lgbt_only,
            tenants_of=entry.tenants_of,
        )
    )


def card_audience_in_words(card: Card) -> list[str]:
    """Who may use the service of a card, as far as it is limited."""
    return list(
        _limits(
            card["minimum_age"],
            card["maximum_age"],
            women_only=card["women_only"],
            lgbt_only=card["lgbt_only"],
            tenants_of=card["tenants_of"],
        )
    )


def taking_in_words(taking: str, until: str) -> str:
    """Whether a service takes new people, where that is not simply yes; `until` is an ISO date or empty."""
    day = date_in_words(date.fromisoformat(until)) if until else ""
    if taking == TakingNewPeople.CLOSED:
        return _("Not taking new people until %(date)s.", date=day) if day else _("Not taking new people now.")
    if taking == TakingNewPeople.WAITING_LIST:
        return _("There is a waiting list until %(date)s.", date=day) if day else _("There is a waiting list.")
    return ""


def referral_in_words(referral: Referral | None) -> str:
    """Who may ask for a service."""
    if referral is None:
        return ""
    return {
        Referral.SELF: _("You can contact them yourself."),
        Referral.PROFESSIONAL: _("Someone like a doctor, teacher or social worker must contact them for you."),
        Referral.BOTH: _("You can contact them yourself, or someone like a doctor or social worker can do it for you."),
    }[referral]


def reporting_facts(service: ServiceDetails) -> list[str]:
    """What is known about reporting to a service."""
    return [
        *_known(
            _("You can report what happened to them."),
            _("They do not take reports of what happened."),
            fact=service.takes_reports,
        ),
        *_known(
            _("They can pass a report to the police for you (a third-party reporting centre)."),
            _("They are not a third-party reporting centre."),
            fact=service.third_party_reporting,
        ),
        *_known(
            _("You can report without giving your name."),
            _("You must give your name to report."),
            fact=service.anonymous_reports,
        ),
        *_known(
            _("They are not part of the police."), _("They work with the police."), fact=service.independent_of_police
        ),
        *_passes_to_police(service.passes_to_police),
    ]


def discretion_facts(service: ServiceDetails) -> list[str]:
    """What is known about how discreet a service is."""
    return [
        *_known(
            _("You can ask them to leave you a voicemail safely."),
            _("Do not expect voicemails from them to be discreet."),
            fact=service.safe_voicemail,
        ),
        *_known(
            _("When they call you, your phone does not show their number."),
            _("When they call you, your phone shows their number."),
            fact=service.withheld_number,
        ),
        *_known(
            _("You can text or chat instead of calling."),
            _("You cannot text or chat with them."),
            fact=service.text_instead,
        ),
        *_known(_("You can bring someone with you."), _("You must come on your own."), fact=service.bring_someone),
        *_known(
            _("They do not pass your details to immigration authorities."),
            _("They may pass your details to immigration authorities."),
            fact=service.immigration_safe,
        ),
    ]


def _known(yes: str, no: str, *, fact: bool | None) -> Iterator[str]:
    if fact is not None:
        yield yes if fact else no


def _passes_to_police(passes: PassesToPolice | None) -> Iterator[str]:
    words = {
        PassesToPolice.NOTHING_WITHOUT_CONSENT: _("They tell the police nothing unless you agree."),
        PassesToPolice.ALWAYS: _("They pass every report to the police."),
        PassesToPolice.IS_THE_POLICE: _("They are the police."),
    }
    if passes is not None:
        yield words[passes]


def _limits(
    youngest: int | None, oldest: int | None, *, women_only: bool | None, lgbt_only: bool | None, tenants_of: str
) -> Iterator[str]:
    if youngest is not None and oldest is not None:
        yield _("For people aged %(youngest)s to %(oldest)s.", youngest=str(youngest), oldest=str(oldest))
    elif youngest is not None:
        yield _("For people aged %(youngest)s or over.", youngest=str(youngest))
    elif oldest is not None:
        yield _("For people aged %(oldest)s or under.", oldest=str(oldest))
    if women_only:
        yield _("For women only.")
    if lgbt_only:
        yield _("For LGBT+ people only.")
    if tenants_of:
        yield _("For tenants of %(landlord)s only.", landlord=isolated(tenants_of))
