"""The words of the search: filters and their values, why a result matched, what was understood and what given up."""

from flask_babel import format_decimal
from flask_babel import gettext as _

from directory.search.criteria import Facet, Loosening, Reason, ReasonKind, Understood
from directory.web.names import Names

_METRES_PER_MILE = 1609.344


def facet_name(facet: Facet) -> str:
    """The heading of a filter."""
    return {
        Facet.GROUND: _("Why it happened"),
        Facet.KIND: _("What you need"),
        Facet.LANGUAGE: _("Language"),
        Facet.REPORT: _("Ways to report"),
        Facet.FOR: _("Who it is for"),
        Facet.MORE: _("More choices"),
    }[facet]


def value_name(facet: Facet, value: str, names: Names) -> str:
    """The name of a filter's value."""
    if facet is Facet.GROUND:
        return names.ground(value)
    if facet is Facet.KIND:
        return names.kind(value)
    if facet is Facet.LANGUAGE:
        return names.spoken(value)
    return {Facet.REPORT: _report_way, Facet.FOR: _audience, Facet.MORE: _more}[facet](value)


def meaning_name(understood: Understood, names: Names) -> str:
    """What some words were understood to mean."""
    if understood.kind == "area":
        return names.area(understood.code)
    if understood.kind in set(Facet):
        return value_name(Facet(understood.kind), understood.code, names)
    return _situation(understood.code)


def reason_in_words(reason: Reason, names: Names) -> str:
    """Why a service matched, as a short phrase."""
    value = reason.value
    plain = {
        ReasonKind.NAME: _("its name"),
        ReasonKind.WORDS: _("your words"),
        ReasonKind.ALL_GROUNDS: _("for everyone, whatever the reason"),
    }
    if reason.kind in plain:
        return plain[reason.kind]
    if reason.kind is ReasonKind.GROUND:
        return names.ground(value)
    if reason.kind is ReasonKind.LANGUAGE:
        return _("staff speak %(language)s", language=names.spoken(value))
    if reason.kind is ReasonKind.INTERPRETING:
        return _("can get an interpreter (%(language)s)", language=names.spoken(value))
    if reason.kind is ReasonKind.NEAR:
        return _distance(int(value))
    return value_name(Facet(reason.kind), value, names)


def loosened_in_words(loosened: tuple[Loosening, ...]) -> str:
    """One sentence on what was given up so that something could be shown; empty if nothing was."""
    if not loosened:
        return ""
    if len(loosened) > 1:
        return _("Nothing matched all of that, so these are organisations that help anyone.")
    return {
        Loosening.NEAR: _("Nothing that close matched, so these are further away."),
        Loosening.MORE: _("Nothing matched the extra choices, so these match the rest."),
        Loosening.FOR: _("Nothing was only for the people you chose, so these help everyone."),
        Loosening.REPORT: _("Nothing takes reports in the way you chose, so these match the rest."),
        Loosening.KIND: _("Nothing offered what you chose, so these may help in another way."),
        Loosening.LANGUAGE: _("Nothing matched in that language, so these match the rest."),
        Loosening.GROUND: _("Nothing was for that reason alone, so these match the rest."),
        Loosening.WORDS: _("Nothing matched your words, so these match your choices."),
    }[loosened[0]]


def _distance(metres: int) -> str:
    miles = metres / _METRES_PER_MILE
    if round(miles, 1) == 1:
        return _("1 mile away")
    return _("%(miles)s miles away", miles=format_decimal(round(miles, 1)))


def _report_way(way: str) -> str:
    return {
        "reports": _("Takes reports"),
        "third_party": _("Passes your report to the police for you"),
        "anonymous": _("Without giving your name"),
        "independent": _("Not part of the police"),
        "online": _("Report online"),
        "phone": _("Report by phone or text"),
        "in_person": _("Report face to face"),
    }.get(way, way)


def _audience(audience: str) -> str:
    return {
        "young_people": _("Young people"),
        "older_people": _("Older people"),
        "women": _("Women"),
        "men": _("Men"),
        "lgbt": _("LGBT+ people"),
        "trans": _("Trans people"),
        "disabled": _("Disabled people"),
        "deaf": _("Deaf people"),
        "learning_disability": _("People with a learning disability"),
    }.get(audience, audience)


def _more(value: str) -> str:
    return {
        "open_now": _("Open now"),
        "free": _("Free"),
        "text_or_chat": _("Text or chat instead of calling"),
        "home_visits": _("They can come to you"),
        "step_free": _("No steps to get in"),
        "taking_new_people": _("Taking new people"),
    }.get(value, value)


def _situation(situation: str) -> str:
    return {
        "attack": _("an attack"),
        "threat": _("a threat"),
        "insult": _("insults"),
        "damage": _("damage"),
        "online": _("something online"),
        "stalking": _("being followed"),
        "neighbour": _("a neighbour"),
        "school": _("school"),
        "work": _("work"),
        "transport": _("bus, train or Tube"),
        "worship": _("a place of worship"),
        "home_unsafe": _("home is not safe"),
        "distress": _("feeling low or afraid"),
        "suicide": _("thoughts of suicide"),
        "money": _("someone takes your money"),
        "carer": _("a carer"),
        "domestic": _("a partner or family"),
        "sexual": _("something sexual"),
        "danger_now": _("danger now"),
        "no_police": _("without the police"),
        "police": _("the police"),
        "witness": _("you saw it happen"),
        "court": _("court"),
        "case_closed": _("nothing was done"),
        "discrimination": _("being treated unfairly"),
        "landlord": _("a landlord"),
        "night": _("day and night"),
        "child": _("a child"),
        "staff": _("for staff"),
        "number": _("a phone number"),
    }.get(situation, situation.replace("_", " "))
