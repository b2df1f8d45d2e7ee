"""The fields of a phone number, and the key by which the form knows a number again."""

from typing import Final

from flask_babel import lazy_gettext

from directory.organisations.details import Phone, PhoneKind
from directory.taxonomy.terms import TermKind
from directory.web.entry_form.addresses import NumberField
from directory.web.entry_form.choices import ChoiceField, FactField, TermsField
from directory.web.entry_form.fields import Field, ParagraphField, TextField
from directory.web.entry_form.hours_field import HoursField

PHONE_KINDS = {
    PhoneKind.VOICE: lazy_gettext("Phone calls"),
    PhoneKind.TEXT: lazy_gettext("Text messages"),
    PhoneKind.WHATSAPP: lazy_gettext("WhatsApp messages"),
    PhoneKind.TEXTPHONE: lazy_gettext("Textphones"),
    PhoneKind.VOICEMAIL: lazy_gettext("Voicemail only: nobody answers, people leave a message"),
}

PHONE_FIELDS: Final[tuple[Field, ...]] = (
    NumberField(
        attribute="number",
        label=lazy_gettext("Number"),
        hint=lazy_gettext("For example 020 7946 0958"),
        required=lazy_gettext("Enter the number, or press Remove."),
    ),
    ChoiceField(
        attribute="kind",
        label=lazy_gettext("What is this number for?"),
        values=PhoneKind,
        words=PHONE_KINDS.__getitem__,
        required=lazy_gettext("Choose what this number is for."),
    ),
    TextField(
        attribute="label",
        label=lazy_gettext("A few words about this number, if people need them"),
        hint=lazy_gettext("For example: Turkish line"),
        limit=100,
    ),
    HoursField(attribute="opening_hours", label=lazy_gettext("When is this number answered?")),
    ParagraphField(attribute="hours_note", label=lazy_gettext("More about these hours"), rows=2),
    TermsField(
        attribute="languages",
        label=lazy_gettext("Is this number only for some languages?"),
        hint=lazy_gettext("Leave all of them empty if it is for every language of the service."),
        kind=TermKind.LANGUAGE,
    ),
    FactField(
        attribute="text_relay",
        label=lazy_gettext("Can people use the text relay service (18001) with this number?"),
    ),
)
MORE: Final = frozenset({"opening_hours", "hours_note", "languages", "text_relay"})
"""What few numbers need: folded away until it is asked for."""


def phone_key(phone: Phone) -> str:
    """What tells one number of a service from another, fit for the name of an input."""
    return f"{phone.number.replace('+', 'p')}-{phone.kind}"
