"""The forms of a page as a browser sees them, and how a person would fill them in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

from directory import clock
from directory.web.entry_form.choices import DAY, MONTH, YEAR

Sent = dict[str, list[str]]
CHOICES = ("radio", "checkbox")
"""Inputs that are sent only where they are chosen."""
BUTTONS = ("submit", "button", "reset", "image")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Everything in a form that has one name."""

    name: str
    kind: str
    held: tuple[str, ...]
    """What is sent when nobody touches it."""
    offered: tuple[str, ...]
    """The values of radios, boxes and options; of a field to type into there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of a page."""

    page: str
    method: str
    address: str
    fields: tuple[Field, ...]
    buttons: tuple[tuple[str, str, str], ...]
    """Name, value and address of each button by which it can be sent."""

    @property
    def names(self) -> frozenset[str]:
        """Everything that it can send."""
        return frozenset({field.name for field in self.fields} | {name for name, _, _ in self.buttons if name})

    def untouched(self) -> Sent:
        """What a browser sends when nobody has touched it."""
        return {field.name: list(field.held) for field in self.fields if field.held}

    def filled(self, **typed: str) -> Sent:
        """What is sent when all is filled in that is empty: the first choice, a day to come, some words."""
        sent = self.untouched()
        for field in self.fields:
            if not any(sent.get(field.name, ())):
                sent[field.name] = [typed.get(field.name) or _typed(field)]
        return sent

    def changed(self) -> Sent:
        """What is sent when one word is added to the first text that holds some."""
        sent = self.untouched()
        for field in self.fields:
            if field.kind in {"text", "textarea"} and field.held[0]:
                return sent | {field.name: [f"{field.held[0]} again"]}
        return sent


def forms(page: str, tree: Element) -> list[Form]:
    """The forms of a page; their fields need not stand inside."""
    return [_form(page, tree, element) for element in tree.iter("form")]


def _form(page: str, tree: Element, element: Element) -> Form:
    parts = [*element.iter(), *_outside(tree, element)]
    address = element.attrib.get("action") or page
    buttons = [part for part in parts if part.tag == "button" and part.attrib.get("type", "submit") == "submit"]
    return Form(
        page=page,
        method=element.attrib.get("method", "get").upper(),
        address=address,
        fields=tuple(_fields(parts)),
        buttons=tuple(
            (
                button.attrib.get("name", ""),
                button.attrib.get("value", ""),
                button.attrib.get("formaction") or address,
            )
            for button in buttons
        ),
    )


def _outside(tree: Element, element: Element) -> list[Element]:
    identity = element.attrib.get("id")
    return [part for part in tree.iter() if identity and part.attrib.get("form") == identity]


def _fields(parts: list[Element]) -> Iterator[Field]:
    by_name: dict[str, list[Element]] = {}
    for part in parts:
        is_field = part.tag in {"input", "select", "textarea"} and part.attrib.get("type") not in BUTTONS
        if is_field and part.attrib.get("name"):
            by_name.setdefault(part.attrib["name"], []).append(part)
    for name, held in by_name.items():
        kinds = [part.attrib.get("type", "text") if part.tag == "input" else part.tag for part in held]
        yield Field(
            name=name,
            kind=next((kind for kind in kinds if kind != "hidden"), "hidden"),
            held=tuple(value for part in held for value in _held(part)),
            offered=tuple(value for part in held for value in _offered(part)),
        )


def _held(part: Element) -> list[str]:
    if part.tag == "textarea":
        return [(part.text or "").removeprefix("\n")]
    if part.tag == "select":
        options = [*part.iter("option")]
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return [_value(option) for option in chosen]
    if part.attrib.get("type") in CHOICES and "checked" not in part.attrib:
        return []
    return [part.attrib.get("value", "")]


def _offered(part: Element) -> list[str]:
    if part.tag == "select":
        return [_value(option) for option in part.iter("option") if _value(option)]
    return [part.attrib.get("value", "on")] if part.attrib.get("type") in CHOICES else []


def _value(option: Element) -> str:
    return option.attrib.get("value", option.text or "")


def _typed(field: Field) -> str:
    if field.offered:
        return next(value for value in field.offered if value)
    soon = clock.today() + timedelta(days=9)
    parts: Mapping[str, Any] = {DAY: soon.day, MONTH: soon.month, YEAR: soon.year}
    for part, number in parts.items():
        if field.name.endswith(part):
            return str(number)
    return "" if field.kind in {"hidden", "file"} else "Some words"
