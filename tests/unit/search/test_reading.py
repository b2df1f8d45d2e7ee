from datetime import UTC, date, datetime

import pytest

from directory.organisations.details import Interpreting, LocationDetails, PassesToPolice, Phone
from directory.organisations.standing import Standing
from directory.search.criteria import Facet, Loosening, Reason, ReasonKind, SearchCriteria, SearchResults
from directory.search.reading import PAGE_SIZE, Reading
from tests.unit.search.made import identity, organisation, reading, service

WEDNESDAY = datetime(2026, 6, 3, 9, 30, tzinfo=UTC)


def slugs(results: SearchResults) -> list[str]:
    return [hit.slug for hit in results.hits]


def asked(search: Reading, words: str = "", **more: object) -> SearchResults:
    chosen = more.pop("chosen", {})
    return search.search(SearchCriteria(words=words, chosen=chosen, **more), WEDNESDAY)


def count(results: SearchResults, facet: Facet, value: str) -> int:
    return next(found.count for found in results.facets[facet] if found.value == value)


ABC = (
    organisation(
        "alpha",
        service(kinds=("legal_advice",), languages=("en",)),
        service("Talk", kinds=("counselling",), languages=("tr",)),
    ),
    organisation("beta", service(kinds=("legal_advice",), languages=("tr",))),
    organisation("gamma", service(kinds=("counselling",), interpreting=(Interpreting.TELEPHONE,))),
)


def test_several_filters_must_hold_within_one_service():
    results = asked(reading(*ABC), chosen={Facet.KIND: ("legal_advice",), Facet.LANGUAGE: ("tr",)})
    assert slugs(results) == ["beta"]


def test_several_values_of_one_filter_widen():
    results = asked(reading(*ABC), chosen={Facet.KIND: ("legal_advice", "counselling")})
    assert set(slugs(results)) == {"alpha", "beta", "gamma"}


def test_who_speaks_a_language_stands_before_who_can_get_an_interpreter_and_each_says_which():
    results = asked(reading(*ABC), chosen={Facet.LANGUAGE: ("tr",)})
    assert slugs(results) == ["alpha", "beta", "gamma"]
    assert [hit.services[0].reasons[0] for hit in results.hits] == [
        Reason(ReasonKind.LANGUAGE, "tr"),
        Reason(ReasonKind.LANGUAGE, "tr"),
        Reason(ReasonKind.INTERPRETING, "tr"),
    ]
    turkish = next(found for found in results.facets[Facet.LANGUAGE] if found.value == "tr")
    assert (turkish.count, turkish.interpreting, turkish.chosen) == (3, 1, True)


@pytest.mark.parametrize("chosen", [{}, {Facet.KIND: ("counselling",)}, {Facet.LANGUAGE: ("tr",)}])
@pytest.mark.parametrize("words", ["", "counselling", "talk to alpha"])
def test_every_count_is_what_choosing_that_value_gives(chosen, words):
    search = reading(*ABC)
    results = asked(search, words, chosen=chosen)
    assert results.loosened == ()
    for facet, values in results.facets.items():
        for found in values:
            got = asked(search, words, chosen={**chosen, facet: (found.value,)})
            expected = 0 if got.loosened else got.total
            assert found.count == expected, (facet, found.value)


def test_counts_of_a_filter_ignore_its_own_choice():
    results = asked(reading(*ABC), chosen={Facet.KIND: ("legal_advice",)})
    assert (count(results, Facet.KIND, "legal_advice"), count(results, Facet.KIND, "counselling")) == (2, 2)


GROUNDS = (
    organisation("everybody", service(all_grounds=True)),
    organisation("faiths", service(grounds=("religion",))),
    organisation("jews", service(grounds=("religion", "religion.jewish"))),
    organisation("sikhs", service(grounds=("religion", "religion.sikh"))),
    organisation("unknown", service()),
)


def test_a_service_for_all_grounds_is_found_under_each_after_the_specialists_and_not_knowing_is_not_all():
    search = reading(*GROUNDS)
    for ground in ("race", "religion", "gender"):
        found = slugs(asked(search, chosen={Facet.GROUND: (ground,)}))
        assert found[-1] == "everybody"
        assert "unknown" not in found


def test_a_narrower_ground_asks_for_its_specialist():
    assert slugs(asked(reading(*GROUNDS), "a man pulled my turban"))[0] == "sikhs"
    assert slugs(asked(reading(*GROUNDS), "they painted a swastika because I am Jewish"))[0] == "jews"


def test_a_specialist_for_others_stands_last():
    found = slugs(asked(reading(*GROUNDS), "because I am Sikh"))
    assert found[0] == "sikhs"
    assert "jews" not in found[:3]


def test_more_and_rarer_words_come_first_and_any_word_is_enough():
    search = reading(
        organisation("both", service(description="Advice about bicycles and gardens.")),
        organisation("one", service(description="Advice about gardens.")),
        organisation("none", service(description="Dancing.")),
    )
    assert slugs(asked(search, "I want help about my garden and a bicycle")) == ["both", "one"]


def test_a_name_weighs_more_than_a_description():
    search = reading(
        organisation("says-it", service(description="We work with Lantern House and its lanterns.")),
        organisation("lantern-house", service(description="Advice.")),
    )
    assert slugs(asked(search, "lantern house"))[0] == "lantern-house"


def test_other_names_numbers_and_addresses_are_found():
    place = LocationDetails(id=identity("place"), address=("12 Willoughby Lane",), postcode="N17 0SP")
    search = reading(
        organisation("force", service(phones=(Phone(number="101"),)), other_names=("Borough Constabulary",)),
        organisation("hall", service(locations=(place.id,)), locations=(place,)),
        organisation("other"),
    )
    assert slugs(asked(search, "constabulary")) == ["force"]
    assert slugs(asked(search, "101"))[0] == "force"
    assert slugs(asked(search, "willoughby lane"))[0] == "hall"


def test_a_misspelt_word_is_mended_searched_and_told():
    search = reading(organisation("samaritans"), organisation("other"))
    results = asked(search, "simaritans")
    assert (slugs(results), results.did_you_mean) == (["samaritans"], "samaritans")
    exact = asked(search, "simaritans", literal=True)
    assert exact.did_you_mean == ""
    assert exact.loosened == (Loosening.WORDS,)


def test_local_stands_before_national_when_equally_good():
    search = reading(
        organisation("a-national", service("Talk", areas=("uk",))),
        organisation("b-london", service("Talk", areas=("london",))),
        organisation("c-local", service("Talk", areas=("haringey",))),
    )
    assert slugs(asked(search, "talk")) == ["c-local", "b-london", "a-national"]
    assert slugs(asked(search)) == ["c-local", "b-london", "a-national"]


def test_who_cannot_be_reached_stands_after_equals():
    search = reading(organisation("a-silent", service("Talk", phones=())), organisation("b-reached", service("Talk")))
    assert slugs(asked(search, "talk")) == ["b-reached", "a-silent"]


def test_nothing_left_gives_up_one_filter_and_says_which():
    search = reading(*ABC)
    results = asked(search, chosen={Facet.KIND: ("housing",), Facet.LANGUAGE: ("tr",)})
    assert results.loosened == (Loosening.KIND,)
    assert slugs(results) == ["alpha", "beta", "gamma"]


def test_words_that_nothing_answers_give_what_helps_anyone():
    police = service(kinds=("report",), all_grounds=True, passes_to_police=PassesToPolice.IS_THE_POLICE)
    search = reading(organisation("choir"), organisation("force", police))
    results = asked(search, "qqqq zzzz")
    assert results.loosened == (Loosening.WORDS,)
    assert slugs(results)[0] == "force"


def test_helplines_for_everybody_stand_by_when_little_is_found():
    line = service(kinds=("helpline",), all_grounds=True, opening_hours="24/7")
    search = reading(*ABC, organisation("line", line))
    few = asked(search, "beta", chosen={Facet.KIND: ("legal_advice",)})
    assert [hit.slug for hit in few.helplines] == ["line"]
    assert asked(search).helplines == ()


def test_open_now_counts_the_services_open_at_that_minute():
    search = reading(
        organisation("day", service(opening_hours="Mo-Fr 09:00-17:00")),
        organisation("evening", service(opening_hours="Mo-Fr 18:00-21:00")),
        organisation("line", service(phones=(Phone(number="116123", opening_hours="24/7"),))),
    )
    chosen = {Facet.MORE: ("open_now",)}
    assert slugs(asked(search, chosen=chosen)) == ["day", "line"]
    evening = search.search(SearchCriteria(chosen=chosen), WEDNESDAY.replace(hour=18))
    assert slugs(evening) == ["evening", "line"]


def located(slug: str, latitude: float, longitude: float) -> object:
    place = LocationDetails(id=identity(slug), latitude=latitude, longitude=longitude)
    return organisation(slug, service(locations=(place.id,)), locations=(place,))


def test_near_a_place_gives_what_can_be_walked_to_nearest_first_with_its_distance():
    search = reading(
        located("close", 51.5975, -0.1097),
        located("next", 51.5883, -0.0722),
        located("leeds", 53.8, -1.55),
        organisation("line"),
    )
    results = asked(search, near="Wood Green")
    assert results.place == "Wood Green"
    assert slugs(results) == ["close", "next"]
    near = results.hits[0].services[0].reasons[-1]
    assert near.kind is ReasonKind.NEAR
    assert int(near.value) < 500


def test_an_address_without_a_postcode_is_near_what_its_area_is_near():
    place = LocationDetails(id=identity("club"), address=("1 High Road",), area="place.wood-green")
    search = reading(organisation("club", service(locations=(place.id,)), locations=(place,)), organisation("line"))
    assert slugs(asked(search, near="Wood Green")) == ["club"]


def test_a_place_that_is_not_known_narrows_nothing_and_is_not_claimed():
    results = asked(reading(*ABC), near="Atlantis-on-Sea")
    assert (results.place, results.total) == ("", 3)


def test_results_come_in_pages_of_organisations():
    search = reading(*(organisation(f"group-{n:03}") for n in range(PAGE_SIZE + 3)))
    first, second, beyond = asked(search), asked(search, page=2), asked(search, page=99)
    assert (first.total, first.pages, len(first.hits), len(second.hits)) == (PAGE_SIZE + 3, 2, PAGE_SIZE, 3)
    assert not set(slugs(first)) & set(slugs(second))
    assert slugs(beyond) == slugs(second)


def test_an_empty_directory_answers_with_nothing():
    results = asked(reading(), "anything", chosen={Facet.KIND: ("housing",)})
    assert (results.total, results.hits, results.helplines) == (0, (), ())


def test_each_result_says_why_it_matched():
    results = asked(reading(*ABC), "counselling in turkish")
    reasons = {hit.slug: hit.services[0].reasons for hit in results.hits}
    assert Reason(ReasonKind.KIND, "counselling") in reasons["alpha"]
    assert Reason(ReasonKind.LANGUAGE, "tr") in reasons["alpha"]
    assert all(reasons.values())


@pytest.mark.parametrize("doubt", ["overdue_since", "told_changed_on", "told_closed_on"])
@pytest.mark.parametrize("words", ["", "legal advice"])
def test_what_is_known_against_an_entry_puts_it_behind_equally_good_ones(doubt, words):
    doubtful = Standing(**{doubt: date(2026, 3, 2)})
    held = (
        organisation("alpha", service(kinds=("legal_advice",)), standing=doubtful),
        organisation("beta", service(kinds=("legal_advice",))),
    )
    assert slugs(asked(reading(*held), words)) == ["beta", "alpha"]


def test_an_overdue_entry_still_comes_before_one_that_answers_something_else():
    held = (
        organisation("alpha", service(kinds=("legal_advice",)), standing=Standing(overdue_since=date(2026, 3, 2))),
        organisation("beta", service(kinds=("counselling",), description="Now and then we give legal advice.")),
    )
    assert slugs(asked(reading(*held), "legal advice"))[0] == "alpha"
