"""What was typed into the small forms of a link: on one line each, with what is wrong beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request
from flask_babel import gettext as _

from directory.web.plain_form import one_line, tidy

LONGEST_LINE = 200
SIGNATURE = ("name", "role")


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it is shown: values and errors by field."""

    values: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)


def sent(*names: str) -> dict[str, str]:
    """What was sent for these fields. Before a chosen answer stands an empty one, so the last counts."""
    return {name: one_line(tidy((request.form.getlist(name) or [""])[-1])) for name in names}


def signature_errors(values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the name and role of who answers."""
    errors = {}
    if not values["name"]:
        errors["name"] = _("Enter your name")
    if not values["role"]:
        errors["role"] = _("Enter what you do there, like manager or volunteer")
    return errors | length_errors(values, SIGNATURE)


def length_errors(values: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """The fields that are too long to be what was asked for."""
    return {name: _("Write no more than 200 characters") for name in names if len(values[name]) > LONGEST_LINE}
