"""The columns of a spreadsheet: what each is called, what it holds, how it is written and read.

One row is one service. The columns of its organisation are the same in all its rows. Phones and places have numbered
columns; what has more of them goes on in a further row with the same ids. `docs/spreadsheets.md` tells people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial

from directory.exchange.address_cells import Link, PhoneNumber, Position, Postcode
from directory.exchange.cells import (
    Cell,
    Choice,
    Choices,
    Day,
    Identity,
    Lines,
    Number,
    OneTerm,
    Paragraphs,
    Terms,
    Translations,
    YesNo,
)
from directory.organisations.details import (
    Interpreting,
    OrganisationKind,
    PassesToPolice,
    PhoneKind,
    Referral,
    TakingNewPeople,
)
from directory.taxonomy.terms import TermKind

ONE_LINE = Cell()


class Part(StrEnum):
    """What a column tells about."""

    ORGANISATION = "organisation"
    SERVICE = "service"
    PHONE = "phone"
    PLACE = "place"


class Use(StrEnum):
    """Which way a column goes."""

    BOTH = "both"
    FINDS = "finds"
    """Written and read, but no fact: it says which entry, and which state of it, a row is about."""
    OUT = "out"
    """Written only: nothing is changed by changing it."""
    IN = "in"
    """Read only: what other directories have, and we have not."""


NUMBERED = {Part.PHONE: 2, Part.PLACE: 1}
"""How many of each one row has when we write it. A file that we read may have more."""


@dataclass(frozen=True)
class Column:
    """One column. `attribute` is the field of the details, or of what else it tells."""

    part: Part
    attribute: str
    heading: str
    """With `{n}` where it is numbered."""
    holds: str
    cell: Cell = ONE_LINE
    use: Use = Use.BOTH
    is_private: bool = False
    """Whether it is written only for officers."""
    also: tuple[str, ...] = ()
    """What other directories call it."""

    @property
    def is_numbered(self) -> bool:
        """Whether there may be several of it in one row."""
        return self.part in NUMBERED


@dataclass(frozen=True)
class Slot:
    """A column at its place: the second phone's kind is the slot 2 of its column."""

    column: Column
    number: int = 0

    @cached_property
    def key(self) -> str:
        """A name of it that stays, whatever the heading is."""
        key = f"{self.column.part}.{self.column.attribute}"
        return f"{key}.{self.number}" if self.number else key

    @property
    def heading(self) -> str:
        """The heading above it."""
        return self.column.heading.format(n=self.number)


_PARAGRAPHS, _LINK, _YES_NO, _NUMBER, _DAY = Paragraphs(), Link(), YesNo(), Number(), Day()
_organisation = partial(Column, Part.ORGANISATION)
_service = partial(Column, Part.SERVICE)
_phone = partial(Column, Part.PHONE)
_place = partial(Column, Part.PLACE)
_PHONE = ("phone", "telephone", "telephone {n}", "phone number", "phone number {n}", "telephone number", "tel")

COLUMNS: tuple[Column, ...] = (
    _organisation("id", "Organisation id", "which entry it is; empty for a new one", Identity(), Use.FINDS),
    _organisation("slug", "Page", "the entry's name in addresses, which finds it too", ONE_LINE, Use.FINDS),
    _organisation("revision", "Revision", "the state of the entry that the file began with", _NUMBER, Use.FINDS),
    _organisation("state", "State", "draft, public or hidden", use=Use.OUT),
    _organisation("name", "Organisation", "its name", also=("organisation name", "organization", "organization name")),
    _organisation("kind", "Kind of organisation", "what sort of body it is", Choice(OrganisationKind)),
    _organisation(
        "other_names",
        "Other names",
        "names that people use too",
        Lines(),
        also=("alternate name", "also known as"),
    ),
    _organisation("part_of", "Part of", "the id of the organisation that it is part of", Identity()),
    _organisation(
        "description",
        "About the organisation",
        "what it does",
        _PARAGRAPHS,
        also=("organisation description", "organization description", "about"),
    ),
    _organisation("translations", "About the organisation, translated", "the same in other languages", Translations()),
    _organisation(
        "website", "Website", "its address on the web", _LINK, also=("url", "web address", "organisation website")
    ),
    _organisation("email", "Public email", "an address that everybody may know", also=("email", "email address")),
    _organisation(
        "charity_number", "Charity number", "in the register of charities", also=("registered charity number",)
    ),
    _organisation("company_number", "Company number", "at Companies House"),
    _organisation("notice_text", "Notice", "a short public notice", _PARAGRAPHS),
    _organisation("notice_until", "Notice until", "the last day of the notice", _DAY),
    _organisation(
        "last_seen", "Last seen", "the year in which the facts were last seen published, if long ago", _NUMBER
    ),
    _organisation(
        "last_checked",
        "Last checked",
        "when the other directory checked it",
        _DAY,
        Use.IN,
        also=("last verified", "last confirmed", "last assured", "date checked", "date verified", "assured date"),
    ),
    _organisation("confirmed_on", "Confirmed on", "when somebody last said that all of it is right", use=Use.OUT),
    _organisation("confirmed_by", "Confirmed by", "who said so", use=Use.OUT),
    _organisation("contacts", "Update contacts", "whom we ask", use=Use.OUT, is_private=True),
    _organisation("notes", "Notes", "what officers noted", use=Use.OUT, is_private=True),
    _organisation("sources", "Sources", "where the facts came from", use=Use.OUT, is_private=True),
    _service("id", "Service id", "which service it is; empty for a new one", Identity(), Use.FINDS),
    _service("name", "Service", "its name", also=("service name",)),
    _service(
        "description", "About the service", "what it does", _PARAGRAPHS, also=("service description", "description")
    ),
    _service("translations", "About the service, translated", "the same in other languages", Translations()),
    _service(
        "kinds", "Kinds of service", "what it offers", Terms(TermKind.KIND), also=("categories", "category", "type")
    ),
    _service("grounds", "Grounds", "for whom it is, by why they are targeted", Terms(TermKind.GROUND)),
    _service("all_grounds", "For every ground", "whether it says that it is for all of them", _YES_NO),
    _service("languages", "Languages", "what its staff speak", Terms(TermKind.LANGUAGE), also=("languages spoken",)),
    _service("interpreting", "Interpreting", "how it serves people in other languages", Choices(Interpreting)),
    _service("email", "Service email", "a public address of the service's own"),
    _service("website", "Service website", "a page of the service's own", _LINK, also=("service url",)),
    _service("web_chat", "Web chat", "where one can chat", _LINK),
    _service("form", "Online form", "a form to fill in", _LINK),
    _service("in_person", "In person", "whether one can go there", _YES_NO),
    _service("home_visits", "Home visits", "whether they come", _YES_NO),
    _service("opening_hours", "Opening hours", "like Mo-Fr 09:00-17:00; others become words", also=("hours",)),
    _service("hours_note", "Hours in words", "hours that are not clear enough for that", _PARAGRAPHS),
    _service("areas", "Areas served", "where people must live", Terms(TermKind.AREA), also=("area", "area served")),
    _service("minimum_age", "Youngest age", "from which age", _NUMBER, also=("minimum age", "min age")),
    _service("maximum_age", "Oldest age", "to which age", _NUMBER, also=("maximum age", "max age")),
    _service("women_only", "Women only", "whether it is for women alone", _YES_NO),
    _service("lgbt_only", "LGBT+ only", "whether it is for LGBT+ people alone", _YES_NO),
    _service("tenants_of", "Tenants of", "for the tenants of whom"),
    _service("eligibility", "Who it is for", "in plain words", _PARAGRAPHS, also=("eligibility", "who is it for")),
    _service("how_to_get_help", "How to get help", "in plain words", _PARAGRAPHS, also=("how to access",)),
    _service("referral", "Who may refer", "the person, a professional, or both", Choice(Referral)),
    _service("how_to_refer", "How to refer", "in plain words", _PARAGRAPHS, also=("referral process",)),
    _service("referral_form", "Referral form", "a form for professionals", _LINK),
    _service("taking_new_people", "Taking new people", "whether it can at present", Choice(TakingNewPeople)),
    _service("taking_new_people_until", "Taking new people until", "the last day on which that is so", _DAY),
    _service("free", "Free", "whether it costs nothing", _YES_NO, also=("free of charge",)),
    _service("cost", "Cost", "in plain words", _PARAGRAPHS, also=("fees", "price")),
    _service("access", "Access", "what there is for disabled people", Terms(TermKind.ACCESS), also=("accessibility",)),
    _service("access_note", "About access", "in plain words", _PARAGRAPHS),
    _service("takes_reports", "Takes reports", "whether one can report there", _YES_NO),
    _service("third_party_reporting", "Third-party reporting", "whether it is such a centre", _YES_NO),
    _service("anonymous_reports", "Anonymous reports", "whether it takes them", _YES_NO),
    _service("independent_of_police", "Independent of the police", "whether it is", _YES_NO),
    _service("passes_to_police", "Passes to the police", "what it passes on", Choice(PassesToPolice)),
    _service("after_reporting", "What happens after you report", "in plain words", _PARAGRAPHS),
    _service("perpetrators", "What it does about perpetrators", "in plain words", _PARAGRAPHS),
    _service("safe_voicemail", "Safe voicemail", "whether it is safe to leave a message", _YES_NO),
    _service("withheld_number", "Calls show no number", "whether that is so", _YES_NO),
    _service("text_instead", "Text instead", "whether one can text or chat", _YES_NO),
    _service("bring_someone", "Bring someone", "whether one may", _YES_NO),
    _service("immigration_safe", "Tells no immigration authorities", "whether that is so", _YES_NO),
    _service("last_seen", "Service last seen", "the year in which it was last seen published, if long ago", _NUMBER),
    _phone("number", "Phone {n}", "a number as people dial it", PhoneNumber(), also=_PHONE),
    _phone("kind", "Phone {n} kind", "what it is for", Choice(PhoneKind), also=("phone kind", "phone type")),
    _phone("label", "Phone {n} label", "whose number it is"),
    _phone("languages", "Phone {n} languages", "what is spoken there", Terms(TermKind.LANGUAGE)),
    _phone("text_relay", "Phone {n} text relay", "whether it can be used with text relay", _YES_NO),
    _phone("opening_hours", "Phone {n} hours", "like Mo-Fr 09:00-17:00; others become words"),
    _phone("hours_note", "Phone {n} hours in words", "hours that are not clear enough for that", _PARAGRAPHS),
    _phone("last_seen", "Phone {n} last seen", "the year in which it was last seen published, if long ago", _NUMBER),
    _place(
        "id",
        "Place {n} id",
        "which place it is; the same in every row of a service that is given there",
        Identity(),
        Use.FINDS,
    ),
    _place("name", "Place {n}", "what it is called", also=("venue", "location", "location name")),
    _place("address", "Place {n} address", "without town and postcode", Lines(), also=("address", "street address")),
    _place("town", "Place {n} town", "or city", also=("town", "city")),
    _place(
        "postcode", "Place {n} postcode", "or its first part", Postcode(), also=("postcode", "post code", "postal code")
    ),
    _place("area", "Place {n} area", "in which area it lies", OneTerm(TermKind.AREA)),
    _place("position", "Place {n} position", "latitude and longitude", Position(), also=("lat, lon", "coordinates")),
    _place("withheld", "Place {n} withheld", "whether the public sees only its area", _YES_NO),
    _place("access", "Place {n} access", "what there is for disabled people", Terms(TermKind.ACCESS)),
    _place("last_seen", "Place {n} last seen", "the year in which it was last seen published, if long ago", _NUMBER),
)


def written_slots(*, for_officers: bool) -> tuple[Slot, ...]:
    """The columns of a file that we write, in their order; private ones are for officers alone."""
    return tuple(
        slot
        for slot in numbered_slots(NUMBERED)
        if slot.column.use is not Use.IN and (for_officers or not slot.column.is_private)
    )


def numbered_slots(most: Mapping[Part, int]) -> Iterator[Slot]:
    """Every column at each of its places: all of one part after those of another, the first phone before the second."""
    for part in Part:
        columns = [column for column in COLUMNS if column.part is part]
        for number in range(1, most[part] + 1) if part in most else (0,):
            yield from (Slot(column, number) for column in columns)
