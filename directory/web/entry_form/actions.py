"""The buttons of the form: continue, and add, remove or take back a service, a phone number or a location."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from directory.web.entry_form.layout import MOST_RECORDS, Form, Layout, Record, items, removed

ACTION: Final = "action"
"""The name of every button."""
CONTINUE: Final = "continue"
SHOW: Final = "show"
"""What is done when no button of ours was pressed: the form is shown again, and nothing is lost."""

_KEY: Final = r"[0-9a-z-]{1,64}"
_PATTERN: Final = re.compile(
    rf"(?P<verb>add|remove|restore)_(?P<word>service|location|phone)(?::(?P<first>{_KEY}))?(?::(?P<second>{_KEY}))?"
)


@dataclass(frozen=True, slots=True)
class Done:
    """What a button did: the action's name, the form after it, and the input or button to go on at."""

    action: str
    form: Form
    focus: str = ""


def add(word: str, of: str = "") -> str:
    """Value of the button that adds a record."""
    return f"add_{word}:{of}" if of else f"add_{word}"


def remove(word: str, key: str, of: str = "") -> str:
    """Value of the button that removes one."""
    return f"remove_{word}:{of}:{key}" if of else f"remove_{word}:{key}"


def restore(word: str, key: str, of: str = "") -> str:
    """Value of the button that takes it back."""
    return f"restore_{word}:{of}:{key}" if of else f"restore_{word}:{key}"


def button_id(value: str) -> str:
    """The id of the button with this value."""
    return "button-" + value.replace(":", "-").replace("_", "-")


def act(pressed: str, form: Form, layout: Layout, new_key: Callable[[], str]) -> Done:
    """Do what a button says, as far as there is such a record and room for another."""
    if pressed == CONTINUE:
        return Done(CONTINUE, form)
    found = _PATTERN.fullmatch(pressed)
    if found is None:
        return Done(SHOW, form)
    word, first, second = found["word"], found["first"] or "", found["second"] or ""
    of = first if word == "phone" else ""
    key = second if word == "phone" else first
    records = _records(layout, word, of)
    if records is None:
        return Done(SHOW, form)
    if found["verb"] == "add":
        return _added(pressed, form, word, of, records, new_key()) if not key else Done(SHOW, form)
    record = next((record for record in records if record.key == key), None)
    return _moved(pressed, form, found["verb"], record, of) if record else Done(SHOW, form)


def _records(layout: Layout, word: str, of: str) -> tuple[Record, ...] | None:
    """The records of this sort; None where they cannot be changed, or there is no service that could have them."""
    if not layout.may_change(word):
        return None
    if word == "service":
        return layout.services
    if word == "location":
        return layout.locations
    return next((service.phones for service in layout.services if service.key == of), None)


def _added(pressed: str, form: Form, word: str, of: str, records: tuple[Record, ...], key: str) -> Done:
    if len(records) >= MOST_RECORDS[word]:
        return Done(SHOW, form)
    name = items(word, of)
    prefix = f"service-{of}-phone-" if word == "phone" else f"{word}-"
    first = "number" if word == "phone" else "name"
    return Done(pressed, {**form, name: [*form.get(name, ()), key]}, focus=f"{prefix}{key}-{first}")


def _moved(pressed: str, form: Form, verb: str, record: Record, of: str) -> Done:
    name = removed(record.word, of)
    others = [key for key in form.get(name, ()) if key != record.key]
    if verb == "remove":
        back = button_id(restore(record.word, record.key, of))
        return Done(pressed, {**form, name: [*others, record.key]}, focus=back)
    return Done(pressed, {**form, name: others}, focus=record.name(record.fields[0]))
