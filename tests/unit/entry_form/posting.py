"""What a browser posts for a form that nobody touched, without a browser."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from directory.organisations.details import OrganisationDetails
from directory.taxonomy.terms import Taxonomy
from directory.web.entry_form.form import EntryForm
from directory.web.entry_form.sections import ALL
from tests.factories import CODES, term

TAXONOMY = Taxonomy(tuple(term(kind, code) for kind, codes in CODES.items() for code in codes))


def untouched(details: OrganisationDetails, sections: tuple[str, ...] = ALL) -> dict[str, list[str]]:
    """The inputs as they are shown, with the line breaks of a browser; nothing chosen posts an empty value."""
    shown = EntryForm.of(details, TAXONOMY, "en", sections).typed
    return {name: [value.replace("\n", "\r\n") for value in values] or [""] for name, values in shown.items()}


def posted(
    details: OrganisationDetails,
    changes: Mapping[str, str | list[str]] | None = None,
    sections: tuple[str, ...] = ALL,
    action: str = "continue",
) -> EntryForm:
    """The form after somebody changed these inputs and pressed a button."""
    typed = untouched(details, sections) | {
        name: [value] if isinstance(value, str) else value for name, value in (changes or {}).items()
    }
    return EntryForm.posted(MultiDict({**typed, "action": [action]}), details, TAXONOMY, sections)


def pressed(form: EntryForm, action: str, **changes: str) -> EntryForm:
    """The same form, posted again with another button."""
    typed = {name: values or [""] for name, values in form.typed.items()} | {
        name: [value] for name, value in changes.items()
    }
    return EntryForm.posted(MultiDict({**typed, "action": [action]}), form.base, TAXONOMY, form.sections)
