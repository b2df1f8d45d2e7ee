"""Pages of a long list."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from directory.web.typed_text import whole_number

LENGTH = 50


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page stands in its list."""

    number: int
    total: int
    length: int = LENGTH

    @property
    def offset(self) -> int:
        """How many things stand before it."""
        return (self.number - 1) * self.length

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // self.length))

    def url(self, number: int) -> str | None:
        """The address of another page of the same list, with the same filters; None where there is none."""
        if not 1 <= number <= self.last:
            return None
        kept = {name: values for name, values in request.args.lists() if name != "page"}
        return f"{request.path}?{urlencode({**kept, 'page': number}, doseq=True)}"


def asked_page() -> int:
    """The page that the address asks for; what is no number asks for the first."""
    return whole_number(request.args.get("page", "")) or 1
