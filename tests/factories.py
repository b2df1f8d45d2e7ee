"""One short function for each record, with sensible defaults; a test names only what matters to it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from directory.organisations.details import (
    Interpreting,
    LocationDetails,
    Notice,
    OrganisationDetails,
    OrganisationKind,
    PassesToPolice,
    Phone,
    PhoneKind,
    Referral,
    ServiceDetails,
    TakingNewPeople,
    TranslatedText,
)
from directory.organisations.operations import add_organisation, publish
from directory.taxonomy.loading import put_terms
from directory.taxonomy.terms import Term, TermKind

NOW = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)
CODES: dict[TermKind, tuple[str, ...]] = {
    TermKind.GROUND: ("race", "race.turkish", "sexuality", "sexuality.gay", "gender", "gender.women", "religion"),
    TermKind.KIND: ("report", "helpline", "counselling", "legal_advice", "young_people"),
    TermKind.LANGUAGE: ("en", "tr", "bfi", "kmr", "zh-Hant"),
    TermKind.AREA: ("london", "haringey", "district.n15"),
    TermKind.ACCESS: ("step_free", "hearing_loop", "bsl"),
}
"""The small taxonomy that `put_taxonomy` makes."""
CENTRE = (51.5836, -0.0801)
"""The centre of every area in it."""

_chance = Random()


def begin_again(name: str) -> None:
    """Let the ids that follow depend on this name alone: what a test meets by chance it meets every time."""
    _chance.seed(name)


def new_id() -> UUID:
    return UUID(int=_chance.getrandbits(128), version=4)


def term(kind: TermKind, code: str, **given: Any) -> Term:
    return Term(**{"kind": kind, "code": code, "names": {"en": code.title()}, **given})


def put_taxonomy(session: Session) -> None:
    put_terms(
        session,
        [
            term(
                kind,
                code,
                parent=code.partition(".")[0] if kind is TermKind.GROUND and "." in code else "",
                position=position,
                latitude=CENTRE[0] if kind is TermKind.AREA else None,
                longitude=CENTRE[1] if kind is TermKind.AREA else None,
            )
            for kind, codes in CODES.items()
            for position, code in enumerate(codes)
        ],
    )


def location(**given: Any) -> LocationDetails:
    return LocationDetails(**{"id": new_id(), **given})


def service(**given: Any) -> ServiceDetails:
    return ServiceDetails(
        **{"id": new_id(), "name": "Advice line", "phones": (Phone(number="+442084891000"),), **given}
    )


def details(*services: ServiceDetails, **given: Any) -> OrganisationDetails:
    held = {"name": "Harbour", "kind": OrganisationKind.VOLUNTARY, "services": services or (service(),), **given}
    return OrganisationDetails(**held)


def withheld_location(**given: Any) -> LocationDetails:
    return location(
        **{
            "name": "Quiet House",
            "address": ("77 Canary Walk", "Flat 9"),
            "town": "Canaryville",
            "postcode": "N15 9ZX",
            "area": "district.n15",
            "latitude": 51.123456,
            "longitude": -0.654321,
            "withheld": True,
            "access": ("step_free",),
            "last_seen": 2019,
            **given,
        }
    )


def full_details(part_of: UUID | None = None) -> OrganisationDetails:
    """Details with something in every field there is (`part_of` only if given, since it must exist)."""
    place = location(
        name="The Old Library",
        address=("12 High Road", "Second floor"),
        town="London",
        postcode="N15 3QL",
        area="district.n15",
        latitude=51.5812,
        longitude=-0.0721,
        access=("hearing_loop", "step_free"),
        last_seen=2020,
    )
    return OrganisationDetails(
        name="Harbour",
        kind=OrganisationKind.COMMUNITY,
        other_names=("Harbour Haringey", "The Harbour"),
        part_of=part_of,
        description="Stands beside people.\n\nSince 1994.",
        translations=(TranslatedText(language="tr", text="İnsanların yanında.", revision=1),),
        website="https://harbour.example.org/",
        email="hello@harbour.example.org",
        charity_number="1000001",
        company_number="02000001",
        services=(full_service(place.id),),
        locations=(place, withheld_location()),
        notice=Notice(text="Closed for a week.", until=date(2026, 8, 31)),
        last_seen=2024,
    )


def full_service(place: UUID) -> ServiceDetails:
    return ServiceDetails(
        id=new_id(),
        name="Reporting line",
        description="Takes reports.",
        translations=(TranslatedText(language="ar", text="بلاغات", revision=2),),
        kinds=("helpline", "report"),
        grounds=("race", "race.turkish"),
        all_grounds=True,
        languages=("bfi", "tr"),
        interpreting=(Interpreting.BSL, Interpreting.TELEPHONE),
        phones=(
            Phone(
                number="+442084891000",
                kind=PhoneKind.VOICE,
                label="Turkish line",
                languages=("tr",),
                text_relay=True,
                opening_hours="Mo-Fr 09:00-17:00",
                hours_note="Not on strike days.",
                last_seen=2023,
            ),
            Phone(number="85258", kind=PhoneKind.TEXT),
        ),
        email="line@harbour.example.org",
        website="https://harbour.example.org/line",
        web_chat="https://harbour.example.org/chat",
        form="https://harbour.example.org/form",
        in_person=True,
        home_visits=False,
        opening_hours="Mo-Su 08:00-20:00",
        hours_note="Later by arrangement.",
        areas=("haringey",),
        minimum_age=16,
        maximum_age=25,
        women_only=False,
        lgbt_only=False,
        tenants_of="Harbour Homes",
        eligibility="For young people.",
        how_to_get_help="Ring us.",
        referral=Referral.BOTH,
        how_to_refer="Send the form.",
        referral_form="https://harbour.example.org/refer",
        taking_new_people=TakingNewPeople.WAITING_LIST,
        taking_new_people_until=date(2026, 9, 1),
        free=True,
        cost="A call is free.",
        access=("bsl",),
        access_note="Ring the bell.",
        locations=(place,),
        takes_reports=True,
        third_party_reporting=True,
        anonymous_reports=True,
        independent_of_police=True,
        passes_to_police=PassesToPolice.NOTHING_WITHOUT_CONSENT,
        after_reporting="We ring you within two days.",
        perpetrators="Injunctions.",
        safe_voicemail=True,
        withheld_number=True,
        text_instead=True,
        bring_someone=True,
        immigration_safe=True,
        last_seen=2022,
    )


def saved(
    session: Session, held: OrganisationDetails | None = None, *, slug: str = "harbour", by: str = "seed"
) -> UUID:
    """The id of a new draft."""
    identity = new_id()
    add_organisation(session, organisation_id=identity, slug=slug, details=held or details(), by=by, now=NOW)
    return identity


def published(
    session: Session, held: OrganisationDetails | None = None, *, slug: str = "harbour", by: str = "seed"
) -> UUID:
    """The id of a new public entry."""
    held = held or details()
    identity = saved(session, held, slug=slug, by=by)
    publish(session, identity, held, by=by, why="first", now=NOW)
    return identity


def with_service(held: OrganisationDetails, **changed: Any) -> OrganisationDetails:
    """The details with its first service changed."""
    return replace(held, services=(replace(held.services[0], **changed), *held.services[1:]))
