"""The form of an entry, posted back untouched, is the entry: whatever the entry holds, section by section and whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.organisations.details import OrganisationDetails
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.sections import ALL
from tests.factories import full_details
from tests.strategies import few_examples, well_formed
from tests.unit.entry_form.posting import TAXONOMY, posted

SECTIONS = [ALL, *((key,) for key in ALL)]


@few_examples
@given(well_formed, st.sampled_from(SECTIONS))
def test_an_untouched_form_is_the_entry(details: OrganisationDetails, sections: tuple[str, ...]) -> None:
    form = posted(details, sections=sections)
    assert form.action == "continue"
    assert form.errors == {}
    assert form.details() == details


@pytest.mark.parametrize("sections", SECTIONS, ids=" ".join)
def test_an_entry_with_something_in_every_field_comes_back_whole(sections: tuple[str, ...]) -> None:
    details = full_details()
    assert posted(details, sections=sections).details() == details


@few_examples
@given(well_formed)
def test_what_was_typed_can_be_kept_as_json_and_resumed(details: OrganisationDetails) -> None:
    kept = json.dumps(posted(details, {"name": "Lighthouse"}).typed)
    resumed = EntryForm.resumed(json.loads(kept), details, TAXONOMY)
    assert resumed.details().name == "Lighthouse"
    assert resumed.typed["name"] == ["Lighthouse"]


def test_what_was_typed_wrong_is_kept_too() -> None:
    form = posted(full_details(), {"website": "not a link", "name": ""})
    resumed = EntryForm.resumed(json.loads(json.dumps(form.typed)), form.base, TAXONOMY)
    assert resumed.typed["website"] == ["not a link"]
    assert resumed.typed["name"] == [""]
    assert set(form.errors) == {"website", "name"}
    assert resumed.errors == {}, "nobody has pressed Continue yet"
