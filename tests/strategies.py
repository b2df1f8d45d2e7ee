"""Arbitrary well-formed entries for hypothesis, and entries that are changed states of others."""

from datetime import date
from itertools import combinations
from uuid import UUID

from hypothesis import Phase, settings
from hypothesis import strategies as st

from directory.organisations.compare import apply, differences
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
from directory.organisations.validity import violations
from directory.taxonomy.terms import TermKind
from tests.factories import CODES

few_examples = settings(
    deadline=None,
    max_examples=20,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # making one of hundreds of fields smaller takes minutes
)

IDS = [UUID(int=number) for number in range(1, 5)]
NUMBERS = ["+442084891000", "+448001111", "999", "85258", "18001101"]

characters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
line = st.text(characters, max_size=6).map(str.strip)
filled = line.filter(bool)
paragraph = st.lists(line, max_size=2).map(lambda lines: "\n".join(lines).strip())
fact = st.sampled_from([None, False, True])
link = st.sampled_from(["", "https://a.example.org/", "http://b.example.org/x?y=ü%20z"])
email = st.sampled_from(["", "a@example.org"])
year = st.none() | st.integers(1990, 2100)
day = st.dates(date(2000, 1, 1), date(2099, 12, 31))
opening_hours = st.sampled_from(["", "Mo-Fr 09:00-17:00", "24/7"])


def codes(kind: TermKind) -> st.SearchStrategy[tuple[str, ...]]:
    return chosen(CODES[kind])


def chosen(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Up to three of them, in one draw: a set of draws takes hypothesis ten times as long."""
    return st.sampled_from([some for size in range(4) for some in combinations(sorted(values), size)])


translations = st.lists(
    st.builds(
        TranslatedText,
        language=st.sampled_from(["tr", "ar", "zh"]),
        text=paragraph.filter(bool),
        revision=st.integers(0, 9),
    ),
    unique_by=lambda text: text.language,
    max_size=2,
).map(lambda texts: tuple(sorted(texts, key=lambda text: text.language)))

phones = st.lists(
    st.builds(
        Phone,
        number=st.sampled_from(NUMBERS),
        kind=st.sampled_from([PhoneKind.VOICE, PhoneKind.TEXT]),
        label=line,
        languages=codes(TermKind.LANGUAGE),
        text_relay=fact,
        opening_hours=opening_hours,
        hours_note=paragraph,
        last_seen=year,
    ),
    unique_by=lambda phone: (phone.number, phone.kind),
    max_size=3,
).map(tuple)


@st.composite
def locations(draw: st.DrawFn) -> LocationDetails:
    placed = draw(st.booleans())
    return LocationDetails(
        id=draw(st.sampled_from(IDS)),
        name=draw(line),
        address=tuple(draw(st.lists(filled, max_size=2))),
        town=draw(line),
        postcode=draw(st.sampled_from(["", "N15", "N15 3QL", "WC2H 9LD"])),
        area=draw(st.sampled_from(["", *CODES[TermKind.AREA]])),
        latitude=draw(st.floats(-90, 90)) if placed else None,
        longitude=draw(st.floats(-180, 180)) if placed else None,
        withheld=draw(st.booleans()),
        access=draw(codes(TermKind.ACCESS)),
        last_seen=draw(year),
    )


@st.composite
def services(draw: st.DrawFn, places: tuple[UUID, ...]) -> ServiceDetails:
    ages = sorted(draw(st.lists(st.integers(0, 130), min_size=2, max_size=2)))
    taking = draw(st.none() | st.sampled_from(TakingNewPeople))
    return ServiceDetails(
        id=draw(st.sampled_from(IDS)),
        name=draw(filled),
        description=draw(paragraph),
        translations=draw(translations),
        kinds=draw(codes(TermKind.KIND)),
        grounds=draw(codes(TermKind.GROUND)),
        all_grounds=draw(st.booleans()),
        languages=draw(codes(TermKind.LANGUAGE)),
        interpreting=draw(chosen(tuple(Interpreting))),  # type: ignore[arg-type]
        phones=draw(phones),
        email=draw(email),
        website=draw(link),
        web_chat=draw(link),
        form=draw(link),
        in_person=draw(fact),
        home_visits=draw(fact),
        opening_hours=draw(opening_hours),
        hours_note=draw(paragraph),
        areas=draw(codes(TermKind.AREA)),
        minimum_age=draw(st.sampled_from([None, ages[0]])),
        maximum_age=draw(st.sampled_from([None, ages[1]])),
        women_only=draw(fact),
        lgbt_only=draw(fact),
        tenants_of=draw(line),
        eligibility=draw(paragraph),
        how_to_get_help=draw(paragraph),
        referral=draw(st.none() | st.sampled_from(Referral)),
        how_to_refer=draw(paragraph),
        referral_form=draw(link),
        taking_new_people=taking,
        taking_new_people_until=draw(st.none() | day) if taking else None,
        free=draw(fact),
        cost=draw(paragraph),
        access=draw(codes(TermKind.ACCESS)),
        access_note=draw(paragraph),
        locations=tuple(draw(st.permutations(places))[: draw(st.integers(0, 3))]),
        takes_reports=draw(fact),
        third_party_reporting=draw(fact),
        anonymous_reports=draw(fact),
        independent_of_police=draw(fact),
        passes_to_police=draw(st.none() | st.sampled_from(PassesToPolice)),
        after_reporting=draw(paragraph),
        perpetrators=draw(paragraph),
        safe_voicemail=draw(fact),
        withheld_number=draw(fact),
        text_instead=draw(fact),
        bring_someone=draw(fact),
        immigration_safe=draw(fact),
        last_seen=draw(year),
    )


@st.composite
def organisations(draw: st.DrawFn) -> OrganisationDetails:
    """Any well-formed entry. Ids come from a few, so that two entries often have services and places in common."""
    places = draw(st.lists(locations(), unique_by=lambda place: place.id, max_size=3))
    offered = services(tuple(place.id for place in places))
    return OrganisationDetails(
        name=draw(filled),
        kind=draw(st.sampled_from(OrganisationKind)),
        other_names=tuple(draw(st.lists(filled, max_size=2))),
        description=draw(paragraph),
        translations=draw(translations),
        website=draw(link),
        email=draw(email),
        charity_number=draw(line),
        company_number=draw(line),
        services=tuple(draw(st.lists(offered, unique_by=lambda service: service.id, max_size=3))),
        locations=tuple(places),
        notice=draw(st.none() | st.builds(Notice, text=paragraph.filter(bool), until=day)),
        last_seen=draw(year),
    )


well_formed = organisations().filter(lambda details: not violations(details))


@st.composite
def changed(draw: st.DrawFn, base: OrganisationDetails) -> OrganisationDetails:
    """A state that shares some of its units with `base`, and so can be merged with another one."""
    possible = differences(base, draw(organisations()))
    share = draw(st.sampled_from([0.1, 0.5, 0.9]))
    randomly = draw(st.randoms(use_true_random=False))
    return apply(base, [difference for difference in possible if randomly.random() < share])
