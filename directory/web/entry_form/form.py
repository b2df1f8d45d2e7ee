"""`EntryForm`: an entry as a form that can be shown, posted, kept half-done, and read back as details."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from secrets import token_hex

from werkzeug.datastructures import MultiDict

from directory.organisations.details import OrganisationDetails
from directory.taxonomy.terms import DEFAULT_LANGUAGE, Taxonomy
from directory.web.entry_form.actions import ACTION, CONTINUE, SHOW, act
from directory.web.entry_form.fields import Words
from directory.web.entry_form.layout import Layout, lay_out, shown, take
from directory.web.entry_form.reading import Reading, read
from directory.web.entry_form.sections import ALL
from directory.web.entry_form.view import FormView, view_of
from directory.web.names import Names


@dataclass(frozen=True)
class EntryForm:
    """The form for some sections of an entry.

    A face shows it with the macro `entry_form`, inside a `<form method="post" novalidate>` of its own. What is
    posted comes back through `posted`; only when `action` is "continue" and there are no `errors` there are
    `details`. With every other action the form is to be shown again.
    """

    base: OrganisationDetails
    taxonomy: Taxonomy
    language: str
    sections: tuple[str, ...]
    typed: dict[str, list[str]]
    """All that was typed, by the names of the inputs: fit for JSON, so that it can be kept and resumed."""
    action: str = SHOW
    """Which button was pressed: "continue", "add_service", "remove_phone:<service>:<phone>" …, or "show"."""
    focus: str = ""
    """The id of what to go on with after a button."""
    identity: str = ""

    @classmethod
    def of(
        cls, details: OrganisationDetails, taxonomy: Taxonomy, language: str, sections: Iterable[str] = ALL
    ) -> "EntryForm":
        """The form of an entry that nobody has touched."""
        keys = tuple(sections)
        return cls(details, taxonomy, language, keys, shown(details, keys))

    @classmethod
    def posted(
        cls,
        form: MultiDict[str, str],
        base: OrganisationDetails,
        taxonomy: Taxonomy,
        sections: Iterable[str] = ALL,
        language: str = DEFAULT_LANGUAGE,
        identity: str = "",
    ) -> "EntryForm":
        """What was posted, with the pressed button's work done.

        `base` is the entry as it was when the form was first shown, not as it may have become since: what is posted
        as it stood in `base` counts as untouched. What the form does not list is passed over; what it lists and was
        not posted stays as it is in `base`.
        `identity` (the organisation's id) makes the ids of new services and locations this entry's own.
        """
        keys = tuple(sections)
        taken = take(form.to_dict(flat=False), base, keys)
        done = act(form.get(ACTION, CONTINUE), taken, lay_out(base, taken, keys), lambda: f"new-{token_hex(8)}")
        return cls(base, taxonomy, language, keys, dict(done.form), done.action, done.focus, identity)

    @classmethod
    def resumed(
        cls,
        typed: Mapping[str, list[str]],
        base: OrganisationDetails,
        taxonomy: Taxonomy,
        sections: Iterable[str] = ALL,
        language: str = DEFAULT_LANGUAGE,
    ) -> "EntryForm":
        """The form as it was when its `typed` was kept."""
        keys = tuple(sections)
        return cls(base, taxonomy, language, keys, {**shown(base, keys), **take(typed, base, keys)})

    @property
    def errors(self) -> Mapping[str, Words]:
        """What is wrong, by the name of the input; nothing until somebody wants to go on."""
        return self._reading.errors if self.action == CONTINUE else {}

    def details(self) -> OrganisationDetails:
        """The entry as it was typed. Raises ValueError while there are errors."""
        if self._reading.details is None:
            raise ValueError("there are errors in the form")
        return self._reading.details

    @cached_property
    def view(self) -> FormView:
        """The form as the templates show it, in the language of the request."""
        return view_of(self.layout, self.typed, self.errors, Names(self.taxonomy, self.language), self.sections)

    @cached_property
    def layout(self) -> Layout:
        """The records and fields that it has."""
        return lay_out(self.base, self.typed, self.sections)

    @cached_property
    def _reading(self) -> Reading:
        return read(self.layout, self.typed, self.taxonomy, self.identity)
