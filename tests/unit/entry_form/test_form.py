"""The form as a whole: buttons, new and removed records, what is told, and what nobody can make it do."""

from dataclasses import fields, replace
from uuid import UUID, uuid4

import pytest
from werkzeug.datastructures import MultiDict

from directory.organisations.details import (
    LocationDetails,
    OrganisationDetails,
    Phone,
    PhoneKind,
    ServiceDetails,
    TakingNewPeople,
    TranslatedText,
)
from directory.organisations.validity import Problem, violations
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.layout import LONGEST_TYPED, MOST_RECORDS
from directory.web.entry_form.sections import ALL, SECTIONS
from directory.web.entry_form.sentences import SENTENCES
from tests.factories import details, full_details, location, service, withheld_location
from tests.unit.entry_form.posting import TAXONOMY, posted, pressed, untouched

SERVICE = UUID(int=7)
OTHER = UUID(int=8)
PLACE = UUID(int=9)


def entry(**given: object) -> OrganisationDetails:
    return details(service(id=SERVICE, **given))  # type: ignore[arg-type]


def key_of_new(form: EntryForm, name: str) -> str:
    return form.typed[name][-1]


def test_every_fact_that_the_form_should_hold_is_in_one_section_and_the_others_are_not() -> None:
    asked = {
        name.rpartition("-")[2]
        for section in ALL
        for name in EntryForm.of(full_details(), TAXONOMY, "en", (section,)).typed
    }
    facts = {
        field.name for kind in (OrganisationDetails, ServiceDetails, LocationDetails, Phone) for field in fields(kind)
    }
    elsewhere = {"id", "services", "phones", "part_of", "translations", "notice", "last_seen", "latitude", "longitude"}
    parts_of_hours_and_dates = {"set", "1", "2", "closed", "holidays", "day", "month", "year"}
    composed = {"opening_hours", "taking_new_people_until"}
    assert asked - parts_of_hours_and_dates == facts - elsewhere - composed


def test_a_fact_is_changed_and_nothing_else() -> None:
    base = full_details()
    form = posted(base, {"name": " Lighthouse ", "website": "lighthouse.example.org"})
    assert form.details() == replace(base, name="Lighthouse", website="https://lighthouse.example.org")


def test_a_section_changes_only_its_own_facts() -> None:
    base = full_details()
    changed = {name: ["changed"] for name in untouched(base)}
    form = posted(base, changed, sections=("hours",))
    assert set(form.typed) == set(EntryForm.of(base, TAXONOMY, "en", ("hours",)).typed)
    assert replace(form.details(), services=()) == replace(base, services=())
    for after, before in zip(form.details().services, base.services, strict=True):
        assert replace(after, opening_hours=before.opening_hours, hours_note=before.hours_note) == before


def test_posting_every_fact_there_is_changes_only_what_the_form_lists() -> None:
    base = full_details()
    names = [
        f"{prefix}{field.name}"
        for prefix in (
            "",
            f"service-{base.services[0].id}-",
            f"location-{base.locations[0].id}-",
            "services[0].",
            "services-0-",
        )
        for kind in (OrganisationDetails, ServiceDetails, LocationDetails)
        for field in fields(kind)
    ]
    secret = (
        "id",
        "translations",
        "part_of",
        "notice",
        "last_seen",
        "latitude",
        "longitude",
        "services",
        "phones",
        "revision",
        "status",
        "confirmed_at",
    )
    hostile = {name: ["x"] for name in (*names, *secret) if name not in untouched(base)}
    form = EntryForm.posted(MultiDict({**untouched(base), **hostile, "action": "continue"}), base, TAXONOMY)
    assert form.details() == base
    assert not hostile.keys() & form.typed.keys()


def test_what_was_not_posted_stays_as_it_was() -> None:
    base = full_details()
    form = EntryForm.posted(MultiDict({"name": "Lighthouse"}), base, TAXONOMY)
    assert form.action == "continue"
    assert form.details() == replace(base, name="Lighthouse")


@pytest.mark.parametrize(
    "action",
    [
        "",
        "delete",
        "add_organisation",
        "remove_service",
        "remove_service:x",
        "add_phone:nobody",
        "add_service:x",
        "remove_phone:a:b",
        "continue ",
        "restore_service:" + str(OTHER),
    ],
)
def test_an_unknown_button_shows_the_form_again_and_sends_nothing(action: str) -> None:
    base = full_details()
    form = posted(base, {"name": ""}, action=action)
    assert form.action == "show"
    assert form.errors == {}
    assert form.typed["name"] == [""]


def test_a_service_is_added_with_all_its_parts() -> None:
    form = posted(entry(), action="add_service")
    key = key_of_new(form, "items-service")
    assert form.focus == f"service-{key}-name"
    assert form.errors == {}
    form = pressed(form, f"add_phone:{key}", **{f"service-{key}-name": "Drop-in", f"service-{key}-free": "yes"})
    phone = key_of_new(form, f"items-phone-{key}")
    number = f"service-{key}-phone-{phone}-"
    form = pressed(form, "continue", **{f"{number}number": "020 7946 0958", f"{number}kind": "text"})
    assert form.errors == {}
    new = form.details().services[1]
    assert (new.name, new.free) == ("Drop-in", True)
    assert new.phones == (Phone(number="+442079460958", kind=PhoneKind.TEXT),)
    assert form.details().services[0] == form.base.services[0]
    assert form.details().services[1].id == new.id, "the same each time it is asked"


def test_ids_of_new_services_are_ours_to_give() -> None:
    stolen = str(uuid4())
    base = entry()
    for key in (stolen, "new-0", "new-" + "g" * 16, "../../x"):
        form = posted(base, {"items-service": [key], f"service-{key}-name": "Mine"})
        assert form.details() == base
    form = posted(
        base,
        {
            "items-service": ["new-0123456789abcdef"],
            "service-new-0123456789abcdef-name": "Mine",
            "service-new-0123456789abcdef-id": stolen,
        },
    )
    mine = form.details().services[1].id
    assert str(mine) != stolen
    elsewhere = EntryForm.posted(MultiDict(form.typed), base, TAXONOMY, identity="another organisation")
    assert elsewhere.details().services[1].id != mine


def test_services_never_change_their_ids() -> None:
    base = details(service(id=SERVICE), service(id=OTHER))
    form = posted(
        base, {f"service-{SERVICE}-id": str(OTHER), f"service-{SERVICE}-name": "Renamed", "items-service": [str(OTHER)]}
    )
    assert [one.id for one in form.details().services] == [SERVICE, OTHER]
    assert form.details().services[0].name == "Renamed"


def test_a_removed_service_can_be_taken_back_with_all_that_was_typed() -> None:
    base = details(service(id=SERVICE), service(id=OTHER, name="Other"))
    form = posted(base, {f"service-{OTHER}-description": "Typed a moment ago."}, action=f"remove_service:{OTHER}")
    assert form.focus == f"button-restore-service-{OTHER}"
    assert [one.id for one in pressed(form, "continue").details().services] == [SERVICE]
    back = pressed(form, f"restore_service:{OTHER}")
    assert pressed(back, "continue").details().services[1].description == "Typed a moment ago."


def test_a_phone_is_removed_and_taken_back() -> None:
    base = entry(phones=(Phone(number="+442084891000"), Phone(number="85258", kind=PhoneKind.TEXT)))
    form = posted(base, action=f"remove_phone:{SERVICE}:85258-text")
    assert pressed(form, "continue").details().services[0].phones == (Phone(number="+442084891000"),)
    assert pressed(pressed(form, f"restore_phone:{SERVICE}:85258-text"), "continue").details() == base


def test_the_last_phone_can_be_removed() -> None:
    form = posted(entry(), action=f"remove_phone:{SERVICE}:p442084891000-voice")
    assert pressed(form, "continue").details().services[0].phones == ()


def test_a_place_is_added_and_a_service_is_given_there() -> None:
    form = posted(entry(), action="add_location")
    key = key_of_new(form, "items-location")
    at = f"location-{key}-"
    typed = {
        f"{at}name": "Hall",
        f"{at}withheld": "no",
        f"{at}address": "1 High Road",
        f"{at}postcode": "n15 3ql",
        f"service-{SERVICE}-locations": key,
    }
    form = pressed(form, "continue", **typed)
    assert form.errors == {}
    place = form.details().locations[0]
    assert (place.name, place.address, place.postcode, place.withheld) == ("Hall", ("1 High Road",), "N15 3QL", False)
    assert form.details().services[0].locations == (place.id,)


def with_new_place(base: OrganisationDetails, **changes: str) -> tuple[EntryForm, str]:
    """The form with a new place of which no service says that it is given there, and the place's key."""
    form = posted(base, action="add_location")
    key = key_of_new(form, "items-location")
    at = f"location-{key}-"
    place = {f"{at}withheld": "no", f"{at}address": "1 High Road", f"{at}postcode": "N15 3QL"}
    return pressed(form, "continue", **place, **changes), key


def test_the_only_service_is_given_at_a_new_place() -> None:
    base = replace(details(service(id=SERVICE, locations=(PLACE,))), locations=(location(id=PLACE, name="Hall"),))
    form, _key = with_new_place(base)
    assert form.errors == {}
    after = form.details()
    assert after.services[0].locations == (PLACE, after.locations[1].id)


def test_of_several_services_somebody_must_choose_which_is_given_at_a_new_place() -> None:
    base = details(service(id=SERVICE), service(id=OTHER, name="Advice"))
    form, key = with_new_place(base)
    assert set(form.errors) == {f"location-{key}-name"}
    form = pressed(form, "continue", **{f"service-{OTHER}-locations": key})
    assert form.errors == {}
    after = form.details()
    assert [one.locations for one in after.services] == [(), (after.locations[0].id,)]


def test_a_place_that_was_there_before_needs_no_service() -> None:
    base = replace(details(service(id=SERVICE), service(id=OTHER)), locations=(location(id=PLACE, name="Hall"),))
    form = posted(base, {f"location-{PLACE}-name": "Old hall"})
    assert form.errors == {}
    assert [one.locations for one in form.details().services] == [(), ()]


def test_a_new_place_must_say_whether_it_is_private() -> None:
    form = posted(entry(), action="add_location")
    key = key_of_new(form, "items-location")
    form = pressed(form, "continue", **{f"location-{key}-name": "Hall"})
    assert set(form.errors) == {f"location-{key}-withheld"}


def test_a_removed_place_leaves_the_services_that_were_given_there() -> None:
    base = replace(details(service(id=SERVICE, locations=(PLACE,))), locations=(location(id=PLACE, name="Hall"),))
    form = posted(base, action=f"remove_location:{PLACE}")
    after = pressed(form, "continue").details()
    assert after.locations == ()
    assert after.services[0].locations == ()


def test_a_new_address_loses_the_coordinates_of_the_old_one() -> None:
    place = location(id=PLACE, postcode="N15 3QL", latitude=51.5, longitude=-0.1, last_seen=2019)
    base = replace(entry(), locations=(place,))
    same = posted(base, {f"location-{PLACE}-name": "Hall"}).details().locations[0]
    assert (same.latitude, same.last_seen) == (51.5, 2019)
    moved = posted(base, {f"location-{PLACE}-postcode": "N17 8AA"}).details().locations[0]
    assert (moved.latitude, moved.longitude, moved.last_seen) == (None, None, None)


def test_a_changed_number_is_no_longer_one_that_was_seen_long_ago() -> None:
    base = entry(phones=(Phone(number="+442084891000", label="Line", last_seen=2015),))
    number = f"service-{SERVICE}-phone-p442084891000-voice-number"
    assert posted(base).details().services[0].phones[0].last_seen == 2015
    changed = posted(base, {number: "020 7946 0958"}).details().services[0].phones[0]
    assert changed == Phone(number="+442079460958", label="Line")


def test_new_records_that_stay_empty_are_forgotten() -> None:
    form = posted(entry(), action="add_service")
    for action in ("add_location", f"add_phone:{SERVICE}", "continue"):
        form = pressed(form, action)
    assert form.errors == {}
    assert form.details() == form.base


def test_an_existing_service_cannot_lose_its_name_nor_a_number_its_digits() -> None:
    form = posted(entry(), {f"service-{SERVICE}-name": " ", f"service-{SERVICE}-phone-p442084891000-voice-number": ""})
    assert set(form.errors) == {f"service-{SERVICE}-name", f"service-{SERVICE}-phone-p442084891000-voice-number"}
    with pytest.raises(ValueError, match="errors"):
        form.details()


def test_there_is_an_end_to_how_much_can_be_added() -> None:
    form = posted(entry())
    for _ in range(MOST_RECORDS["service"] + 3):
        form = pressed(form, "add_service")
    assert len(form.layout.services) == MOST_RECORDS["service"]
    flood = [f"new-{number:016x}" for number in range(5000)]
    form = posted(
        entry(),
        {"items-service": flood, "items-location": flood, f"items-phone-{SERVICE}": flood, "name": "x" * 50_000},
    )
    assert len(form.layout.services) == MOST_RECORDS["service"]
    assert len(form.layout.locations) == MOST_RECORDS["location"]
    assert len(form.layout.services[0].phones) == MOST_RECORDS["phone"]
    assert len(form.typed["name"][0]) == LONGEST_TYPED
    assert "name" in form.errors


def test_records_are_added_only_in_the_section_that_is_about_them() -> None:
    base = replace(entry(), locations=(location(id=PLACE),))
    for action, section in (
        ("add_service", "hours"),
        (f"remove_service:{SERVICE}", "contact"),
        (f"remove_location:{PLACE}", "what"),
    ):
        form = posted(base, sections=(section,), action=action)
        assert pressed(form, "continue").details() == base, action


def test_a_new_service_goes_through_every_section_and_is_whole_at_the_end() -> None:
    form = posted(entry(), sections=("what",), action="add_service")
    key = key_of_new(form, "items-service")
    typed = pressed(form, "continue", **{f"service-{key}-name": "Drop-in"}).typed
    for section, fact in (("hours", "hours_note"), ("who", "eligibility")):
        shown = EntryForm.resumed(typed, form.base, TAXONOMY, (section,))
        after = pressed(shown, "continue", **{f"service-{key}-{fact}": "Told."})
        assert after.errors == {}
        assert after.details() == form.base, "without its name it is not a service yet"
        typed |= after.typed
    whole = EntryForm.resumed(typed, form.base, TAXONOMY).details().services[1]
    assert (whole.name, whole.hours_note, whole.eligibility) == ("Drop-in", "Told.", "Told.")


def test_what_one_section_added_another_does_not_lose() -> None:
    base = replace(entry(), locations=(location(id=PLACE),))
    typed: dict[str, list[str]] = {}
    for section, action in (
        ("contact", f"add_phone:{SERVICE}"),
        ("places", f"remove_location:{PLACE}"),
        ("what", "add_service"),
    ):
        form = pressed(EntryForm.resumed(typed, base, TAXONOMY, (section,)), action)
        lists = set(form.layout.lists())
        typed = {name: values for name, values in typed.items() if name not in lists} | form.typed
    assert {name for name in typed if name.startswith(("items-", "removed-"))} == {
        f"items-phone-{SERVICE}",
        "removed-location",
        "items-service",
    }


def test_every_problem_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Problem)


def test_ages_the_wrong_way_round_are_told_at_the_first() -> None:
    form = posted(entry(), {f"service-{SERVICE}-minimum_age": "60", f"service-{SERVICE}-maximum_age": "18"})
    assert dict(form.errors) == {f"service-{SERVICE}-minimum_age": SENTENCES[Problem.OUT_OF_RANGE]}


def test_a_date_without_its_answer_is_told_at_the_date() -> None:
    name = f"service-{SERVICE}-taking_new_people_until"
    form = posted(entry(), {f"{name}-day": "1", f"{name}-month": "3", f"{name}-year": "2027"})
    assert dict(form.errors) == {f"{name}-day": SENTENCES[Problem.INCOMPLETE]}


def test_a_number_that_is_there_twice_is_told_at_the_second() -> None:
    base = entry(phones=(Phone(number="+442084891000"), Phone(number="+442079460958"), Phone(number="999")))
    name = f"service-{SERVICE}-phone-p442079460958-voice-number"
    form = posted(base, {name: "0044 20 8489 1000"})
    assert dict(form.errors) == {name: SENTENCES[Problem.REPEATED]}


def test_a_text_that_gives_away_a_private_address_is_told_where_it_stands() -> None:
    base = replace(entry(), locations=(withheld_location(),))
    name = f"service-{SERVICE}-how_to_get_help"
    typed = {name: "Come to 77 Canary Walk."}
    assert dict(posted(base, typed).errors) == {name: SENTENCES[Problem.TELLS_WITHHELD_PLACE]}
    assert dict(posted(base, typed, sections=("what",)).errors) == {name: SENTENCES[Problem.TELLS_WITHHELD_PLACE]}


def test_a_translation_that_gives_it_away_is_told_at_the_description() -> None:
    told = (TranslatedText(language="tr", text="77 Canary Walk'a gelin.", revision=1),)
    place = replace(withheld_location(id=PLACE), withheld=False)
    base = replace(entry(translations=told), locations=(place,))
    form = posted(base, {f"location-{PLACE}-withheld": "yes"})
    assert dict(form.errors) == {f"service-{SERVICE}-description": SENTENCES[Problem.TELLS_WITHHELD_PLACE]}


def test_an_error_in_another_section_names_the_field() -> None:
    base = replace(
        entry(how_to_get_help="Come to 77 Canary Walk."),
        locations=(replace(withheld_location(id=PLACE), withheld=False),),
    )
    assert not violations(base)
    form = posted(base, {f"location-{PLACE}-withheld": "yes"}, sections=("places",))
    assert list(form.errors) == ["entry-form"]


def test_taking_new_people_keeps_its_date() -> None:
    name = f"service-{SERVICE}-taking_new_people"
    form = posted(
        entry(),
        {name: "waiting_list", f"{name}_until-day": "1", f"{name}_until-month": "3", f"{name}_until-year": "2027"},
    )
    after = form.details().services[0]
    assert after.taking_new_people is TakingNewPeople.WAITING_LIST
    assert str(after.taking_new_people_until) == "2027-03-01"


def test_sections_stand_in_one_order_however_they_are_asked_for() -> None:
    assert tuple(section.key for section in SECTIONS) == ALL
    assert len(set(ALL)) == len(ALL)
