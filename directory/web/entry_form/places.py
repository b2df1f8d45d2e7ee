"""The field that says at which of the organisation's locations a service is given."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from directory.taxonomy.terms import Taxonomy
from directory.web.entry_form.fields import ONLY, Field, Typed, tidy


@dataclass(frozen=True, kw_only=True)
class PlacesField(Field):
    """Any of the locations, by the keys that the form gives them; those chosen before keep their order."""

    widget = "checkboxes"

    def show(self, value: Any) -> Typed:
        """Their ids, which are their keys."""
        return {ONLY: tuple(map(str, value))}

    def read(self, typed: Typed, before: Any, terms: Taxonomy) -> Any:  # noqa: ARG002
        """The keys that were ticked, as they were typed: whoever knows all keys makes ids of them."""
        ticked = tuple(dict.fromkeys(tidy(typed.get(ONLY, ()))))
        kept = [place for place in map(str, before) if place in ticked]
        return (*kept, *(key for key in ticked if key not in kept))


def as_places(keys: tuple[Any, ...], ids: dict[str, UUID]) -> tuple[UUID, ...]:
    """The locations that these keys stand for; unknown ones are passed over."""
    found = (ids.get(str(key)) for key in keys)
    return tuple(dict.fromkeys(place for place in found if place is not None))
