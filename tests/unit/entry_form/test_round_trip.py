"""The form of an entry, posted back untouched, is the entry: whatever the entry holds, section by section and whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from directory.organisations.details import OrganisationDetails
from directory.taxonomy.terms import Taxonomy
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.sections import ALL
from tests.factories import CODES, full_details, term
from tests.strategies import few_examples, well_formed

TAXONOMY = Taxonomy(tuple(term(kind, code) for kind, codes in CODES.items() for code in codes))
sections = st.sampled_from([ALL, *((key,) for key in ALL)])


def posted_back(details: OrganisationDetails, keys: tuple[str, ...]) -> EntryForm:
    """As a browser would: line breaks of its own, an empty value before the choices, the button pressed."""
    shown = EntryForm.of(details, TAXONOMY, "en", keys).typed
    typed = {name: ["", *(value.replace("\n", "\r\n") for value in values)] if name else values for name, values in shown.items()}
    single = {name: values[1:] if len(shown[name]) == 1 else values for name, values in typed.items()}
    return EntryForm.posted(MultiDict(single), details, TAXONOMY, keys)


@few_examples
@given(well_formed, sections)
def test_an_untouched_form_is_the_entry(details: OrganisationDetails, keys: tuple[str, ...]) -> None:
    form = posted_back(details, keys)
    assert form.action == "continue"
    assert form.errors == {}
    assert form.details() == details


@pytest.mark.parametrize("keys", [ALL, *((key,) for key in ALL)], ids=str)
def test_an_entry_with_everything_comes_back_whole(keys: tuple[str, ...]) -> None:
    details = full_details()
    assert posted_back(details, keys).details() == details


@few_examples
@given(well_formed)
def test_what_was_typed_can_be_kept_and_resumed(details: OrganisationDetails) -> None:
    form = posted_back(details, ALL)
    resumed = EntryForm.resumed(form.typed, details, TAXONOMY)
    assert resumed.details() == details
