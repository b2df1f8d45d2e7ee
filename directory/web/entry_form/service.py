"""The fields of a service: what it offers, how it is reached, when, and for whom. Facts about reporting: `facts`."""

from typing import Final

from flask_babel import lazy_gettext

from directory.organisations.details import Interpreting, Referral, TakingNewPeople
from directory.organisations.validity import OLDEST_AGE
from directory.taxonomy.terms import TermKind
from directory.web.entry_form.addresses import EmailField, LinkField
from directory.web.entry_form.choices import ChoiceField, ChosenField, DayField, FactField, FlagField, TermsField
from directory.web.entry_form.facts import FACT_FIELDS
from directory.web.entry_form.fields import Field, ParagraphField, TextField, WholeNumberField
from directory.web.entry_form.hours_field import HoursField
from directory.web.entry_form.places import PlacesField
from directory.web.entry_form.sections import CONTACT, HOURS, PLACES, WHAT, WHO

REFERRAL = {
    Referral.SELF: lazy_gettext("People contact the service themselves"),
    Referral.PROFESSIONAL: lazy_gettext("Only through someone like a doctor, teacher or social worker"),
    Referral.BOTH: lazy_gettext("Both: themselves, or through someone like a doctor or social worker"),
}
TAKING = {
    TakingNewPeople.YES: lazy_gettext("Yes"),
    TakingNewPeople.WAITING_LIST: lazy_gettext("Yes, but there is a waiting list"),
    TakingNewPeople.CLOSED: lazy_gettext("No, not now"),
}
INTERPRETING = {
    Interpreting.NONE: lazy_gettext("No interpreters"),
    Interpreting.ON_REQUEST: lazy_gettext("An interpreter can be booked"),
    Interpreting.TELEPHONE: lazy_gettext("An interpreter can join a phone call, for most languages"),
    Interpreting.BSL: lazy_gettext("A British Sign Language interpreter can be booked"),
}
NOT_SAID = lazy_gettext("Not known, or we would rather not say")
AGE_REFUSAL = lazy_gettext("Enter an age in years, between 0 and %(oldest)s.", oldest=str(OLDEST_AGE))

WHAT_FIELDS: Final[tuple[Field, ...]] = (
    TextField(
        section=WHAT,
        attribute="name",
        label=lazy_gettext("Name of the service"),
        hint=lazy_gettext("For example: Advice line, Women's group"),
        required=lazy_gettext("Enter the name of the service, or press Remove."),
    ),
    ParagraphField(
        section=WHAT,
        attribute="description",
        label=lazy_gettext("What the service does"),
        hint=lazy_gettext("Two or three short sentences in everyday words."),
    ),
    TermsField(
        section=WHAT,
        attribute="kinds",
        label=lazy_gettext("What kind of help is it?"),
        hint=lazy_gettext("Choose all that are true."),
        kind=TermKind.KIND,
    ),
    ParagraphField(
        section=WHAT,
        attribute="how_to_get_help",
        label=lazy_gettext("How to get help"),
        hint=lazy_gettext("What should somebody do first? For example: Ring us, or come on Tuesdays."),
    ),
    ChoiceField(
        section=WHAT,
        attribute="referral",
        label=lazy_gettext("Who can ask for help?"),
        values=Referral,
        words=REFERRAL.__getitem__,
        none=NOT_SAID,
    ),
    ParagraphField(
        section=WHAT,
        attribute="how_to_refer",
        label=lazy_gettext("How can a professional refer someone?"),
        hint=lazy_gettext("For example: Email us with the person's consent. Leave it empty if you take no referrals."),
    ),
    LinkField(section=WHAT, attribute="referral_form", label=lazy_gettext("Web address of a referral form")),
    ChoiceField(
        section=WHAT,
        attribute="taking_new_people",
        label=lazy_gettext("Are you taking new people?"),
        values=TakingNewPeople,
        words=TAKING.__getitem__,
        none=NOT_SAID,
    ),
    DayField(
        section=WHAT,
        attribute="taking_new_people_until",
        label=lazy_gettext("Until when is that so?"),
        hint=lazy_gettext("If you know. For example 31 3 2027"),
    ),
    FactField(section=WHAT, attribute="free", label=lazy_gettext("Is it free?")),
    ParagraphField(
        section=WHAT,
        attribute="cost",
        label=lazy_gettext("More about the cost"),
        hint=lazy_gettext("For example: Free calls from mobiles. £2 for lunch."),
        rows=2,
    ),
)

CONTACT_FIELDS: Final[tuple[Field, ...]] = (
    EmailField(section=CONTACT, attribute="email", label=lazy_gettext("Email address of the service")),
    LinkField(section=CONTACT, attribute="website", label=lazy_gettext("Web page about the service")),
    LinkField(section=CONTACT, attribute="web_chat", label=lazy_gettext("Web address of a chat")),
    LinkField(section=CONTACT, attribute="form", label=lazy_gettext("Web address of an online form")),
    FactField(section=CONTACT, attribute="in_person", label=lazy_gettext("Can people see someone in person?")),
    FactField(
        section=CONTACT,
        attribute="home_visits",
        label=lazy_gettext("Can you go to people at home, or meet them somewhere else?"),
    ),
)

HOURS_FIELDS: Final[tuple[Field, ...]] = (
    HoursField(section=HOURS, attribute="opening_hours", label=lazy_gettext("When is the service open?")),
    ParagraphField(
        section=HOURS,
        attribute="hours_note",
        label=lazy_gettext("More about the opening hours"),
        hint=lazy_gettext(
            "Anything that does not fit above. For example: Closed in August. By appointment on Fridays."
        ),
        rows=2,
    ),
)

WHO_FIELDS: Final[tuple[Field, ...]] = (
    ParagraphField(
        section=WHO,
        attribute="eligibility",
        label=lazy_gettext("Who is it for, and who is it not for?"),
        hint=lazy_gettext("In your own words."),
    ),
    FlagField(
        section=WHO,
        attribute="all_grounds",
        label=lazy_gettext("Why were they targeted?"),
        box=lazy_gettext("The service is for everyone, whatever the reason they were targeted"),
    ),
    TermsField(
        section=WHO,
        attribute="grounds",
        label=lazy_gettext("Is it mainly for people who were targeted for one of these reasons?"),
        hint=lazy_gettext("Choose only what you specialise in."),
        kind=TermKind.GROUND,
    ),
    WholeNumberField(
        section=WHO,
        attribute="minimum_age",
        label=lazy_gettext("Youngest age"),
        hint=lazy_gettext("In years. Leave it empty if there is none."),
        smallest=0,
        largest=OLDEST_AGE,
        refusal=AGE_REFUSAL,
    ),
    WholeNumberField(
        section=WHO,
        attribute="maximum_age",
        label=lazy_gettext("Oldest age"),
        hint=lazy_gettext("In years. Leave it empty if there is none."),
        smallest=0,
        largest=OLDEST_AGE,
        refusal=AGE_REFUSAL,
    ),
    FactField(section=WHO, attribute="women_only", label=lazy_gettext("Is it for women only?")),
    FactField(section=WHO, attribute="lgbt_only", label=lazy_gettext("Is it for LGBT+ people only?")),
    TextField(
        section=WHO,
        attribute="tenants_of",
        label=lazy_gettext("Is it only for the tenants of one landlord? Which?"),
        hint=lazy_gettext("Leave it empty if it is for others too."),
    ),
    TermsField(
        section=WHO,
        attribute="areas",
        label=lazy_gettext("Where must people live?"),
        hint=lazy_gettext("Choose the widest area that is true."),
        kind=TermKind.AREA,
    ),
    TermsField(
        section=WHO,
        attribute="languages",
        label=lazy_gettext("Which languages do your staff or volunteers speak?"),
        hint=lazy_gettext("Only languages that people can count on. Interpreters come next."),
        kind=TermKind.LANGUAGE,
    ),
    ChosenField(
        section=WHO,
        attribute="interpreting",
        label=lazy_gettext("What about interpreters?"),
        hint=lazy_gettext("Choose all that are true."),
        values=Interpreting,
        words=INTERPRETING.__getitem__,
    ),
)

PLACE_FIELDS: Final[tuple[Field, ...]] = (
    PlacesField(
        section=PLACES,
        attribute="locations",
        label=lazy_gettext("Where is this service given?"),
        hint=lazy_gettext("Choose all that are true."),
    ),
    TermsField(
        section=PLACES,
        attribute="access",
        label=lazy_gettext("What is there for disabled people who use this service?"),
        hint=lazy_gettext("Choose only what is there."),
        kind=TermKind.ACCESS,
    ),
    ParagraphField(
        section=PLACES,
        attribute="access_note",
        label=lazy_gettext("More about access"),
        hint=lazy_gettext("For example: Ring the bell, we come down. Toilet on the ground floor."),
        rows=2,
    ),
)

SERVICE_FIELDS: Final = (*WHAT_FIELDS, *CONTACT_FIELDS, *HOURS_FIELDS, *WHO_FIELDS, *FACT_FIELDS, *PLACE_FIELDS)
