"""Entries that are likely to be one and the same."""

from datetime import timedelta

import pytest

from directory.organisations.details import Phone
from directory.organisations.likeness import ENOUGH, host_of, place_of, words_of
from directory.organisations.operations import hide
from directory.signals.duplicates import check_duplicates, likely_pairs
from directory.signals.queries import known_organisations
from directory.signals.rules import NOT_A_DUPLICATE
from directory.tasks.operations import finish_task
from directory.tasks.rules import TaskKind
from tests.factories import NOW, details, location, published, put_taxonomy, saved, service
from tests.unit.signals.made import entries, tasks

SWITCHBOARD = "+442084891000"


@pytest.fixture(autouse=True)
def taxonomy(session):
    put_taxonomy(session)


def entry(session, slug, name, number="", website="", postcode="", street="", **given):
    phones = (Phone(number=number),) if number else ()
    places = (location(address=(street,), postcode=postcode),) if postcode else ()
    held = details(
        service(phones=phones, how_to_get_help="Ask."), name=name, website=website, locations=places, **given
    )
    return published(session, held, slug=slug)


def reasons(session):
    return [dict(pair.reasons) for pair in likely_pairs(known_organisations(session))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Galop", "GALOP"),
        ("Galop", "The Galop Trust"),
        ("Day-Mer Community Centre", "Day Mer Community Centre"),
        ("Solace Women's Aid", "Solace Womens Aid"),
        ("Señora Esperança", "Senora Esperanca"),
        ("Selby Centre", "Selby Trust"),
        ("Işık Derneği", "Isik Dernegi"),
    ],
)
def test_one_name_written_in_two_ways_is_enough(session, one, other):
    entry(session, "a", one)
    entry(session, "b", other)
    assert reasons(session) == [{"name": 60}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mind", "Mind in Haringey"),
        ("Galop", "Harbour"),
        ("Community Support", "Support Line"),
        ("Markfield", "Mermaids"),
    ],
)
def test_names_that_differ_in_what_tells_are_not(session, one, other):
    entry(session, "a", one)
    entry(session, "b", other)
    assert reasons(session) == []


def test_two_reasons_together_are_enough_and_each_has_its_points(session):
    entry(session, "a", "Harbour Advice", SWITCHBOARD, "https://www.harbour.example/", "N15 3QL", "12 High Road")
    entry(session, "b", "Anchor House", SWITCHBOARD, "http://harbour.example/about", "N15 3QL", "12, High Rd")
    assert reasons(session) == [{"number": 35, "website": 30, "place": 25}]


def test_a_name_much_alike_and_one_more_reason_are_enough(session):
    entry(session, "a", "Harbour Lights Advice", website="https://harbour.example/")
    entry(session, "b", "Harbour Light Legal", website="https://harbour.example/legal")
    (found,) = reasons(session)
    assert found["website"] == 30
    assert 30 < found["name"] < ENOUGH


@pytest.mark.parametrize(
    "shared",
    [
        {"number": SWITCHBOARD},
        {"website": "https://harbour.example/"},
        {"postcode": "N15 3QL", "street": "12 High Road"},
    ],
)
def test_one_shared_fact_alone_is_not(session, shared):
    entry(session, "a", "Harbour", **shared)
    entry(session, "b", "Anchor", **shared)
    assert reasons(session) == []


def test_the_branches_of_one_body_that_share_a_switchboard_are_left_alone(session):
    council = entry(session, "council", "Council", SWITCHBOARD, "https://council.example/")
    for slug, name in (("housing", "Council housing"), ("asb", "Council wardens"), ("case", "Council case review")):
        entry(session, slug, name, SWITCHBOARD, "https://council.example/", part_of=council)
    assert check_duplicates(session, NOW) == 0
    entry(session, "strange", "Anchor", SWITCHBOARD, "https://council.example/")
    assert len(reasons(session)) == 4  # somebody outside the family with the same number and website is strange


def test_what_many_share_says_nothing(session):
    for slug, name in (("a", "Harbour"), ("b", "Anchor"), ("c", "Mooring"), ("d", "Lighthouse")):
        entry(session, slug, name, SWITCHBOARD, "https://platform.example/")
    assert reasons(session) == []


def test_two_hidden_entries_trouble_nobody_and_a_draft_like_a_hidden_one_does(session):
    for slug in ("a", "b"):
        hide(session, entry(session, slug, "Harbour"), by="officer:1", now=NOW)
    assert reasons(session) == []
    saved(session, details(name="Harbour"), slug="c")
    assert len(reasons(session)) == 2


def test_a_pair_is_one_task_with_both_ids_and_the_reasons_and_entries_stay(session):
    one, other = entry(session, "a", "Harbour", SWITCHBOARD), entry(session, "b", "The Harbour", SWITCHBOARD)
    before = entries(session)
    assert (check_duplicates(session, NOW), check_duplicates(session, NOW + timedelta(days=1))) == (1, 1)
    (task,) = tasks(session, TaskKind.DUPLICATE)
    first, second = sorted((one, other))
    assert task.facts == {"first": str(first), "second": str(second), "points": 95, "name": 60, "number": 35}
    assert entries(session) == before


@pytest.mark.parametrize(("outcome", "times"), [(NOT_A_DUPLICATE, 1), ("asked_them", 2)])
def test_a_pair_that_is_two_is_remembered(session, outcome, times):
    entry(session, "a", "Harbour")
    entry(session, "b", "The Harbour")
    check_duplicates(session, NOW)
    finish_task(session, tasks(session, TaskKind.DUPLICATE)[0].id, outcome=outcome, by="officer:1", now=NOW)
    check_duplicates(session, NOW + timedelta(days=1))
    assert len(tasks(session, TaskKind.DUPLICATE)) == times


def test_facts_are_compared_in_one_form():
    assert words_of("The National Society of X") == {"x"}
    assert words_of("Support Line") == {"support", "line"}
    assert host_of("https://WWW.Harbour.Example:8000/x") == "harbour.example"
    assert place_of("N15 3QL", "Flat 2\n12 High Road") == place_of("N15 3QL", "12 High Rd, Flat 2")
