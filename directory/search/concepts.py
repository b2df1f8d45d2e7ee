"""What the lexicon's concepts ask of a service, as weights on the features that services have.

A feature is `kind:counselling`, `ground:race`, `is:police` and so on (see `documents.features`). Terms of the
taxonomy ask for themselves; a situation asks for what helps in it. The weights are judgement, tried with judged
queries (tests/search_quality): 1 is the weight of a kind of service asked for by name.
"""

from collections.abc import Mapping

POLICE = "is:police"
"""The police of the borough."""
POLICE_ELSEWHERE = "is:police_elsewhere"
"""Police who are there for another place, such as the railway, or for the whole country."""
LOCAL = "is:local"
ALWAYS_OPEN = "is:always_open"

SITUATIONS: Mapping[str, Mapping[str, float]] = {
    "attack": {POLICE: 1.2, "kind:report": 0.6, "kind:emotional_support": 0.4, "kind:casework": 0.2},
    "threat": {POLICE: 1.1, "kind:report": 0.5, "kind:enforcement": 0.5, "kind:safety_at_home": 0.3},
    "insult": {POLICE: 0.7, "kind:report": 0.6, "kind:emotional_support": 0.3},
    "damage": {POLICE: 1.0, "kind:report": 0.6, "kind:safety_at_home": 0.4, "kind:enforcement": 0.3},
    "online": {"kind:report": 0.7, POLICE: 0.5, "report:online": 0.3},
    "stalking": {"kind:safety_at_home": 0.5, POLICE: 0.6, "kind:enforcement": 0.4, "kind:helpline": 0.2},
    "neighbour": {"kind:enforcement": 0.85, "kind:housing": 0.2, LOCAL: 0.2},
    "school": {"kind:young_people": 1.0, "for:young_people": 0.5, "kind:helpline": 0.3},
    "work": {"kind:discrimination_advice": 1.0, "kind:legal_advice": 0.4},
    "transport": {},
    "bus": {POLICE: 0.3, "kind:report": 0.2},
    "worship": {POLICE: 0.3, "kind:report": 0.3},
    "home_unsafe": {
        "kind:emergency_accommodation": 0.7,
        "kind:housing": 0.7,
        "kind:safety_at_home": 0.6,
        POLICE: 0.9,
        "kind:helpline": 0.3,
    },
    "distress": {"kind:emotional_support": 1.0, "kind:helpline": 0.6, "kind:counselling": 0.7, ALWAYS_OPEN: 0.3},
    "suicide": {"kind:helpline": 1.0, "kind:emotional_support": 1.0, ALWAYS_OPEN: 0.8, "ground:all": 0.5},
    "money": {POLICE: 0.6, "kind:advocacy": 0.3},
    "carer": {"for:older_people": 0.5, "for:learning_disability": 0.3, "kind:helpline": 0.2},
    "domestic": {"kind:domestic": 1.5, "kind:emergency_accommodation": 0.3, "kind:helpline": 0.3},
    "sexual": {POLICE: 0.7, "kind:emotional_support": 0.6, "kind:domestic": 0.3},
    "danger_now": {POLICE: 1.8},
    "no_police": {
        POLICE: -3.0,
        "report:third_party": 0.9,
        "report:independent": 0.6,
        "report:anonymous": 0.4,
        "kind:casework": 0.4,
        "kind:emotional_support": 0.4,
    },
    "police": {POLICE: 1.5},
    "witness": {"report:anonymous": 0.7, "kind:report": 0.6},
    "court": {"kind:advocacy": 0.9, "kind:casework": 0.6, "kind:emotional_support": 0.5},
    "case_closed": {"kind:casework": 0.8, "kind:advocacy": 0.5, "kind:enforcement": 0.3},
    "discrimination": {"kind:discrimination_advice": 1.2, "kind:legal_advice": 0.5},
    "landlord": {"kind:housing": 1.0, "kind:legal_advice": 0.4},
    "night": {ALWAYS_OPEN: 1.2, "kind:helpline": 0.3},
    "child": {"kind:young_people": 0.6, "for:young_people": 0.3},
    "staff": {},
    "number": {},
}

ENGLISH: Mapping[str, str] = {
    "transport": "train tube rail railway station transport",
    "worship": "mosque synagogue church temple gurdwara",
    "school": "bullying bullied school",
    "stalking": "stalking stalked harassed",
    "carer": "carer carers abuse exploitation",
    "money": "exploitation",
    "court": "court witness",
    "landlord": "tenancy landlord",
    "neighbour": "neighbour antisocial behaviour",
    "case_closed": "review repeated earlier",
}
"""Words that entries use about a situation, added to the text search whatever the language of the question."""

UNSAID: Mapping[str, float] = {
    POLICE: 0.5,
    "kind:report": 0.5,
    "kind:emotional_support": 0.3,
    "kind:casework": 0.2,
}
"""What somebody needs who says only why they were targeted: `I am gay`."""


def wanted(code: str) -> Mapping[str, float]:
    """The features that the concept `code` asks for."""
    kind, _, value = code.partition(":")
    if kind == "situation":
        return SITUATIONS[value]
    return {code: 1.0}
