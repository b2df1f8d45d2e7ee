"""The words of the search: filters and their values, why a result matched, what was understood and what given up."""

from flask_babel import format_decimal, lazy_gettext
from flask_babel import gettext as _

from directory.search.criteria import Facet, Loosening, Reason, ReasonKind, Understood
from directory.web.names import Names

_METRES_PER_MILE = 1609.344
_NEARBY = 0.5

_FACETS = {
    Facet.GROUND: lazy_gettext("Why it happened"),
    Facet.KIND: lazy_gettext("What you need"),
    Facet.LANGUAGE: lazy_gettext("Language"),
    Facet.REPORT: lazy_gettext("Ways to report"),
    Facet.FOR: lazy_gettext("Who it is for"),
    Facet.MORE: lazy_gettext("More choices"),
}
_REPORT_WAYS = {
    "reports": lazy_gettext("Takes reports"),
    "third_party": lazy_gettext("Passes your report to the police for you"),
    "anonymous": lazy_gettext("Without giving your name"),
    "independent": lazy_gettext("Not part of the police"),
    "online": lazy_gettext("Report online"),
    "phone": lazy_gettext("Report by phone or text"),
    "in_person": lazy_gettext("Report face to face"),
}
_AUDIENCES = {
    "young_people": lazy_gettext("Young people"),
    "older_people": lazy_gettext("Older people"),
    "women": lazy_gettext("Women"),
    "men": lazy_gettext("Men"),
    "lgbt": lazy_gettext("LGBT+ people"),
    "trans": lazy_gettext("Trans people"),
    "disabled": lazy_gettext("Disabled people"),
    "deaf": lazy_gettext("Deaf people"),
    "learning_disability": lazy_gettext("People with a learning disability"),
}
_MORE = {
    "open_now": lazy_gettext("Open now"),
    "free": lazy_gettext("Free"),
    "text_or_chat": lazy_gettext("Text or chat instead of calling"),
    "home_visits": lazy_gettext("They can come to you"),
    "step_free": lazy_gettext("No steps to get in"),
    "taking_new_people": lazy_gettext("Taking new people"),
}
_VALUES = {Facet.REPORT: _REPORT_WAYS, Facet.FOR: _AUDIENCES, Facet.MORE: _MORE}
_SITUATIONS = {
    "attack": lazy_gettext("an attack"),
    "threat": lazy_gettext("a threat"),
    "insult": lazy_gettext("insults"),
    "damage": lazy_gettext("damage"),
    "online": lazy_gettext("something online"),
    "stalking": lazy_gettext("being followed"),
    "neighbour": lazy_gettext("a neighbour"),
    "school": lazy_gettext("school"),
    "work": lazy_gettext("work"),
    "transport": lazy_gettext("a train or the Tube"),
    "bus": lazy_gettext("a bus or taxi"),
    "worship": lazy_gettext("a place of worship"),
    "home_unsafe": lazy_gettext("home is not safe"),
    "distress": lazy_gettext("feeling low or afraid"),
    "suicide": lazy_gettext("thoughts of suicide"),
    "money": lazy_gettext("someone takes your money"),
    "carer": lazy_gettext("a carer"),
    "domestic": lazy_gettext("a partner or family"),
    "sexual": lazy_gettext("something sexual"),
    "danger_now": lazy_gettext("danger now"),
    "no_police": lazy_gettext("without the police"),
    "police": lazy_gettext("the police"),
    "witness": lazy_gettext("you saw it happen"),
    "court": lazy_gettext("court"),
    "case_closed": lazy_gettext("nothing was done"),
    "discrimination": lazy_gettext("being treated unfairly"),
    "landlord": lazy_gettext("a landlord"),
    "night": lazy_gettext("day and night"),
    "child": lazy_gettext("a child"),
    "staff": lazy_gettext("for staff"),
    "number": lazy_gettext("a phone number"),
}
"""What words may be understood to mean beside a value of a filter."""
_PLAIN_REASONS = {
    ReasonKind.NAME: lazy_gettext("its name"),
    ReasonKind.WORDS: lazy_gettext("your words"),
    ReasonKind.ALL_GROUNDS: lazy_gettext("for everyone, whatever the reason"),
}
_LOOSENED = {
    Loosening.NEAR: lazy_gettext("Nothing that close matched, so these are further away."),
    Loosening.MORE: lazy_gettext("Nothing matched the extra choices, so these match the rest."),
    Loosening.FOR: lazy_gettext("Nothing was only for the people you chose, so these help everyone."),
    Loosening.REPORT: lazy_gettext("Nothing takes reports in the way you chose, so these match the rest."),
    Loosening.KIND: lazy_gettext("Nothing offered what you chose, so these may help in another way."),
    Loosening.LANGUAGE: lazy_gettext("Nothing matched in that language, so these match the rest."),
    Loosening.GROUND: lazy_gettext("Nothing was for that reason alone, so these match the rest."),
    Loosening.WORDS: lazy_gettext("Nothing matched your words, so these match your choices."),
}


def facet_name(facet: Facet) -> str:
    """The heading of a filter."""
    return str(_FACETS[facet])


def value_name(facet: Facet, value: str, names: Names) -> str:
    """The name of a filter's value."""
    if facet is Facet.GROUND:
        return names.ground(value)
    if facet is Facet.KIND:
        return names.kind(value)
    if facet is Facet.LANGUAGE:
        return names.spoken(value)
    return str(_VALUES[facet].get(value, value))


def meaning_name(understood: Understood, names: Names) -> str:
    """What some words were understood to mean."""
    if understood.kind == "area":
        return names.area(understood.code)
    if understood.kind in _FACETS:
        return value_name(Facet(understood.kind), understood.code, names)
    return str(_SITUATIONS.get(understood.code, understood.code.replace("_", " ")))


def reason_in_words(reason: Reason, names: Names) -> str:
    """Why a service matched, as a short phrase."""
    value = reason.value
    if reason.kind in _PLAIN_REASONS:
        return str(_PLAIN_REASONS[reason.kind])
    if reason.kind is ReasonKind.GROUND:
        return names.ground(value)
    if reason.kind is ReasonKind.LANGUAGE:
        return _("staff speak %(language)s", language=names.spoken(value))
    if reason.kind is ReasonKind.INTERPRETING:
        return _("can get an interpreter (%(language)s)", language=names.spoken(value))
    if reason.kind is ReasonKind.NEAR:
        return _distance(int(value))
    return value_name(Facet(reason.kind), value, names)


def loosened_in_words(loosened: tuple[Loosening, ...], *, has_choices: bool) -> str:
    """One sentence on what was given up so that something could be shown; empty if nothing was."""
    if not loosened:
        return ""
    if loosened == (Loosening.WORDS,) and not has_choices:
        return _("Nothing matched your words. Try other words, or call one of these lines.")
    if len(loosened) > 1:
        return _("Nothing matched all of that, so these are organisations that help anyone.")
    return str(_LOOSENED[loosened[0]])


def _distance(metres: int) -> str:
    miles = round(metres / _METRES_PER_MILE, 1)
    if miles < _NEARBY:  # a street may only be known by its area
        return _("Less than half a mile away")
    return _("1 mile away") if miles == 1 else _("%(miles)s miles away", miles=format_decimal(miles))
