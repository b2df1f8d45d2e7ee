"""The form as its templates show it: sections, groups and fields with words, values, choices and errors."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from directory.web.entry_form import actions
from directory.web.entry_form.choices import TermField, TermsField
from directory.web.entry_form.fields import Field, Values, Words, clean
from directory.web.entry_form.hours_field import HoursField
from directory.web.entry_form.hours_view import HoursView, hours_view
from directory.web.entry_form.layout import MOST_RECORDS, Form, Layout, Record
from directory.web.entry_form.options import Option, OptionGroup, terms_options
from directory.web.entry_form.phones import MORE
from directory.web.entry_form.places import PlacesField
from directory.web.entry_form.reading import WHOLE
from directory.web.entry_form.sections import CONTACT, PLACES, WHAT, Section, sections_of
from directory.web.names import Names

ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
"""Around words of either direction within a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button that adds, removes or takes back; `about` tells apart those with the same words."""

    value: str
    words: Words
    about: str = ""

    @property
    def id(self) -> str:
        """Its id."""
        return actions.button_id(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field as it is shown. `name` is also the id of its first input."""

    widget: str
    name: str
    field: Field
    values: Mapping[str, Values]
    """What stands in its inputs, by the ending of their names."""
    errors: tuple[tuple[str, Words], ...] = ()
    """What is wrong, each with the name of the input that it is about."""
    groups: tuple[OptionGroup, ...] = ()
    hours: HoursView | None = None

    @property
    def options(self) -> tuple[Option, ...]:
        """All its choices in one row."""
        return tuple(option for group in self.groups for option in group.options)

    @property
    def error(self) -> Words:
        """The first that is wrong."""
        return next((sentence for _name, sentence in self.errors), "")

    @property
    def value(self) -> str:
        """The text of a field with one input."""
        return next(iter(self.values.get("", ())), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A service, a phone number or a location."""

    id: str
    word: str
    title: str
    fields: tuple[FieldView, ...] = ()
    more: tuple[FieldView, ...] = ()
    """Fields that few need, folded away."""
    more_open: bool = False
    groups: tuple["GroupView", ...] = ()
    add: Button | None = None
    remove: Button | None = None
    restore: Button | None = None
    hidden: tuple[tuple[str, str], ...] = ()
    """Of a removed one: all that was typed, so that it can be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section."""

    key: str
    title: Words
    fields: tuple[FieldView, ...] = ()
    groups: tuple[GroupView, ...] = ()
    add: Button | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The whole form, and the list of its errors with the input of each."""

    sections: tuple[SectionView, ...]
    hidden: tuple[tuple[str, str], ...]
    errors: tuple[tuple[str, Words], ...]
    whole: str = WHOLE


def view_of(layout: Layout, form: Form, errors: Mapping[str, Words], names: Names, sections: Iterable[str]) -> FormView:
    """The form as it is shown now."""
    viewer = _Viewer(layout, form, errors, names)
    shown = tuple(viewer.section(section) for section in sections_of(sections))
    found = [entry for section in shown for entry in _errors_of(section)]
    rest = [(name, sentence) for name, sentence in errors.items() if name == WHOLE]
    hidden = tuple((name, key) for name in layout.lists() for key in form.get(name, ()))
    return FormView(sections=shown, hidden=hidden, errors=(*rest, *found))


class _Viewer:
    def __init__(self, layout: Layout, form: Form, errors: Mapping[str, Words], names: Names) -> None:
        self.layout, self.form, self.errors, self.names = layout, form, errors, names

    def section(self, section: Section) -> SectionView:
        fields = tuple(self._fields(self.layout.organisation, section.key))
        groups: list[GroupView] = []
        add = None
        if section.key == PLACES:
            groups += (self._location(record, number) for number, record in enumerate(self.layout.locations, 1))
            add = self._add("location", len(self.layout.locations), _("Add a place"))
        if section.key == WHAT:
            add = self._add("service", len(self.layout.services), _("Add a service"))
        groups += (
            self._service(record, section.key, number)
            for number, record in enumerate(self.layout.services, 1)
            if section.key == WHAT or (not record.removed and self._has_fields(record, section.key))
        )
        return SectionView(key=section.key, title=section.title, fields=fields, groups=tuple(groups), add=add)

    def _has_fields(self, record: Record, section: str) -> bool:
        return any(field.section == section for field in record.fields)

    def _service(self, record: Record, section: str, number: int) -> GroupView:
        title = self._title(record, "name", _("Service %(number)s", number=str(number)))
        if section == WHAT and record.removed:
            return self._removed(record, title)
        return GroupView(
            id=f"{section}-{record.key}",
            word="service",
            title=title,
            fields=tuple(self._fields(record, section)),
            groups=tuple(self._phone(record, phone, n) for n, phone in enumerate(record.phones, 1))
            if section == CONTACT
            else (),
            add=self._add("phone", len(record.phones), _("Add a phone number"), of=record.key, about=title)
            if section == CONTACT
            else None,
            remove=self._remove(record, _("Remove this service"), title) if section == WHAT else None,
        )

    def _phone(self, service: Record, record: Record, number: int) -> GroupView:
        title = self._title(record, "number", _("New phone number"))
        if record.removed:
            return self._removed(record, title, of=service.key)
        title = _("Phone number %(number)s", number=str(number))
        fields = tuple(self._fields(record, "", self._spoken(service)))
        more = tuple(view for view in fields if view.field.attribute in MORE)
        return GroupView(
            id=record.prefix.rstrip("-"),
            word="phone",
            title=title,
            fields=tuple(view for view in fields if view not in more),
            more=more,
            more_open=any(view.error or any(any(values) for values in view.values.values()) for view in more),
            remove=self._remove(record, _("Remove this number"), title, of=service.key),
        )

    def _location(self, record: Record, number: int) -> GroupView:
        title = self._place_name(record, number)
        if record.removed:
            return self._removed(record, title)
        return GroupView(
            id=record.prefix.rstrip("-"),
            word="location",
            title=title,
            fields=tuple(self._fields(record, "")),
            remove=self._remove(record, _("Remove this place"), title),
        )

    def _place_name(self, record: Record, number: int) -> str:
        for attribute in ("name", "address", "postcode"):
            typed = self._title(record, attribute, "").partition("\n")[0]
            if typed:
                return typed
        return _("Place %(number)s", number=str(number))

    def _title(self, record: Record, attribute: str, otherwise: str) -> str:
        """What was typed as the name, or what it was before; the number of a record without one."""
        typed = clean(next(iter(self.form.get(f"{record.prefix}{attribute}", ())), ""))
        was = getattr(record.before, attribute, "") if f"{record.prefix}{attribute}" not in self.form else ""
        return typed or (was if isinstance(was, str) else "") or otherwise

    def _removed(self, record: Record, title: str, of: str = "") -> GroupView:
        back = Button(value=actions.restore(record.word, record.key, of), words=_("Take it back"), about=title)
        hidden = tuple((name, value) for name in record.names() for value in self.form.get(name, ()))
        return GroupView(
            id=f"removed-{record.prefix}".rstrip("-"), word=record.word, title=title, restore=back, hidden=hidden
        )

    def _remove(self, record: Record, words: str, about: str, of: str = "") -> Button:
        return Button(value=actions.remove(record.word, record.key, of), words=words, about=about)

    def _add(self, word: str, count: int, words: str, of: str = "", about: str = "") -> Button | None:
        return Button(value=actions.add(word, of), words=words, about=about) if count < MOST_RECORDS[word] else None

    def _fields(self, record: Record, section: str, among: frozenset[str] | None = None) -> Iterator[FieldView]:
        """The fields of a section, but for those in which there is nothing to choose."""
        for one in record.fields:
            view = self._field(record, one, among) if one.section == section else None
            if view is not None and (view.widget != "checkboxes" or view.options):
                yield view

    def _spoken(self, service: Record) -> frozenset[str]:
        """The languages of a service: a number of its own can only be for some of them."""
        typed = self.form.get(f"{service.prefix}languages", getattr(service.before, "languages", ()))
        return frozenset(typed) - {""}

    def _places(self) -> list[tuple[str, str]]:
        return [
            (record.key, self._place_name(record, number))
            for number, record in enumerate(self.layout.locations, 1)
            if not record.removed
        ]

    def _field(self, record: Record, one: Field, among: frozenset[str] | None) -> FieldView:
        name = record.name(one)
        values = record.typed(one, self.form) or one.show(record.was(one))
        ticked = frozenset(values.get("", ()))
        hours = hours_view(name, values, record.was(one)) if isinstance(one, HoursField) else None
        at = [f"{name}{end}" for end in dict.fromkeys(("", *one.endings)) if f"{name}{end}" in self.errors]
        return FieldView(
            widget=one.widget,
            name=name,
            field=one,
            values=values,
            errors=tuple((each, hours.at(each, self.errors[each]) if hours else self.errors[each]) for each in at),
            groups=self._groups(one, ticked, among),
            hours=hours,
        )

    def _groups(self, one: Field, ticked: frozenset[str], among: frozenset[str] | None) -> tuple[OptionGroup, ...]:
        if isinstance(one, TermsField):
            return terms_options(one.kind, ticked, self.names, among)
        if isinstance(one, TermField):
            none = OptionGroup((Option("", one.none, not ticked - {""}),))
            return (none, *terms_options(one.kind, ticked, self.names))
        choices = self._places() if isinstance(one, PlacesField) else one.choices
        return (OptionGroup(tuple(Option(value, words, value in ticked) for value, words in choices)),)


def _errors_of(section: SectionView | GroupView, about: str = "") -> Iterator[tuple[str, Words]]:
    """The errors in the order of the page, each with the name of what it is about where there are several."""
    fields = (*section.fields, *(section.more if isinstance(section, GroupView) else ()))
    for view in fields:
        for name, words in view.errors:
            where = f"{ISOLATE}{about}{END_OF_ISOLATE}"
            sentence = _("%(where)s: %(sentence)s", where=where, sentence=words) if about else words
            yield target(view, name), sentence
    for group in section.groups:
        yield from _errors_of(group, group.title)


def target(view: FieldView, name: str) -> str:
    """The id of the input that an error is about."""
    if view.widget in ("date", "hours") and name == view.name:
        return f"{view.name}{view.field.endings[0]}"
    return name
