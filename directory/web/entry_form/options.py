"""The choices of a field, in groups: what most people need first, the rest folded away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from directory.taxonomy.terms import LANGUAGE_ORDER, TermKind
from directory.web.entry_form.fields import Words
from directory.web.names import Names

SIGN_LANGUAGE = "bfi"
FINE_AREAS = {"ward": "ward.", "place": "place.", "district": "district."}
"""Areas that few services are limited to, by the beginning of their codes."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen."""

    value: str
    words: Words
    chosen: bool
    indented: bool = False


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Choices that stand together; with a title they are folded away until it is pressed, unless one is chosen."""

    options: tuple[Option, ...]
    title: str = ""

    @property
    def chosen(self) -> int:
        """How many are chosen."""
        return sum(option.chosen for option in self.options)


def terms_options(
    kind: TermKind, ticked: frozenset[str], names: Names, among: frozenset[str] | None = None
) -> tuple[OptionGroup, ...]:
    """The terms of one kind (`among` these), and those that an entry has though they are offered no more."""
    ticked = frozenset(names.taxonomy.current(kind, code) for code in ticked)
    codes = [
        term.code
        for term in names.taxonomy.of(kind)
        if term.code in ticked or (not term.retired and (among is None or term.code in among))
    ]
    codes += sorted(code for code in ticked if code and code not in codes)
    groups = _GROUPINGS.get(kind, _plain)(codes, ticked, names)
    return tuple(group for group in groups if group.options)


def _plain(codes: list[str], ticked: frozenset[str], names: Names, kind: TermKind = TermKind.KIND) -> list[OptionGroup]:
    named = {TermKind.KIND: names.kind, TermKind.ACCESS: names.access}[kind]
    return [OptionGroup(tuple(Option(code, named(code), code in ticked) for code in codes))]


def _access(codes: list[str], ticked: frozenset[str], names: Names) -> list[OptionGroup]:
    return _plain(codes, ticked, names, TermKind.ACCESS)


def _grounds(codes: list[str], ticked: frozenset[str], names: Names) -> list[OptionGroup]:
    """Each ground, then its narrower terms folded away under it."""
    groups = []
    for code in codes:
        if "." in code and code.partition(".")[0] in codes:
            continue
        narrower = [below for below in codes if below.startswith(f"{code}.")]
        groups.append(OptionGroup((Option(code, names.ground(code), code in ticked),)))
        groups.append(
            OptionGroup(
                tuple(Option(below, names.ground(below), below in ticked, indented=True) for below in narrower),
                _("%(ground)s: for whom in particular?", ground=names.ground(code)),
            )
        )
    return groups


def _languages(codes: list[str], ticked: frozenset[str], names: Names) -> list[OptionGroup]:
    """The languages of the site and sign language; the rest by name."""
    common = [code for code in codes if code in LANGUAGE_ORDER or code == SIGN_LANGUAGE]
    rest = sorted((code for code in codes if code not in common), key=lambda code: names.spoken(code).casefold())
    return [
        OptionGroup(tuple(Option(code, names.spoken(code), code in ticked) for code in common)),
        OptionGroup(tuple(Option(code, names.spoken(code), code in ticked) for code in rest), _("More languages")),
    ]


def _areas(codes: list[str], ticked: frozenset[str], names: Names) -> list[OptionGroup]:
    """Wide areas and boroughs; then wards, neighbourhoods and the beginnings of postcodes."""
    titles = {"ward": _("Wards"), "place": _("Neighbourhoods"), "district": _("Beginnings of postcodes")}
    fine = {sort: [code for code in codes if code.startswith(start)] for sort, start in FINE_AREAS.items()}
    known = {code for some in fine.values() for code in some}
    wide = [code for code in codes if code not in known]
    return [
        OptionGroup(tuple(_area_options(wide, ticked, names))),
        *(OptionGroup(tuple(_area_options(some, ticked, names)), titles[sort]) for sort, some in fine.items()),
    ]


def _area_options(codes: Iterable[str], ticked: frozenset[str], names: Names) -> Iterator[Option]:
    return (Option(code, names.area(code), code in ticked) for code in codes)


_GROUPINGS = {
    TermKind.GROUND: _grounds,
    TermKind.LANGUAGE: _languages,
    TermKind.AREA: _areas,
    TermKind.ACCESS: _access,
}
