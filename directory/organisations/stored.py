"""`OrganisationDetails` as JSON: how revisions, changes and the seed hold it.

The form carries a version number. Fields that hold nothing are left out, so that adding a field needs no new version;
renaming or removing one does, with a step in `load` that makes the old form into the new one.
"""

import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from directory.errors import DomainError
from directory.organisations.details import OrganisationDetails

VERSION = 1


class UnreadableDetails(DomainError):
    """Stored details are of an unknown version or hold a field that there is not."""


def dump(details: OrganisationDetails) -> dict[str, Any]:
    """The JSON form: plain dicts, lists, strings, numbers and booleans, with `version`."""
    return {"version": VERSION, **_plain(details)}


def load(stored: dict[str, Any]) -> OrganisationDetails:
    """The value that `dump` stored.

    Raises UnreadableDetails for another version, an unknown field or a value of the wrong type.
    """
    if stored.get("version") != VERSION:
        raise UnreadableDetails(f"version {stored.get('version')!r}")
    body = {name: value for name, value in stored.items() if name != "version"}
    return cast(OrganisationDetails, _build(OrganisationDetails, body, "organisation"))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        held = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: _plain(v) for f, v in held if f.default is MISSING or v != f.default}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | StrEnum):
        return str(value)
    return value


def _build(kind: Any, value: Any, where: str) -> Any:
    """`value` as the type `kind`, or UnreadableDetails that names the field `where` it stands."""
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        (only,) = (k for k in get_args(kind) if k is not type(None))
        return None if value is None else _build(only, value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise UnreadableDetails(f"{where}: a list is needed, not {value!r}")
        return tuple(_build(get_args(kind)[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    if is_dataclass(kind):
        return _build_dataclass(kind, value, where)
    return _build_single(kind, value, where)


def _build_single(kind: Any, value: Any, where: str) -> Any:
    try:
        if kind is date:
            return date.fromisoformat(value)
        if kind is UUID or issubclass(kind, StrEnum):
            return kind(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise UnreadableDetails(f"{where}: {value!r} is not a {kind.__name__}") from error
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise UnreadableDetails(f"{where}: {value!r} is not a {kind.__name__}")
    return value


def _build_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise UnreadableDetails(f"{where}: an object is needed, not {value!r}")
    hints, needed = _fields(kind)
    unknown = value.keys() - hints.keys()
    if unknown:
        raise UnreadableDetails(f"{where}: no such field: {', '.join(sorted(unknown))}")
    missing = needed - value.keys()
    if missing:
        raise UnreadableDetails(f"{where}: missing: {', '.join(sorted(missing))}")
    return kind(**{name: _build(hints[name], item, f"{where}.{name}") for name, item in value.items()})


@cache
def _fields(kind: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """The types of the fields of a dataclass, and the names of those that have no default."""
    return get_type_hints(kind), frozenset(f.name for f in fields(kind) if f.default is MISSING)
