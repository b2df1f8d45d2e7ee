"""What a word may mean: a term of the taxonomy, a value of another filter, or a situation."""

from directory.taxonomy.terms import Taxonomy, TermKind

REPORT_WAYS = ("reports", "third_party", "anonymous", "independent", "online", "phone", "in_person")
"""Ways to report: takes reports at all; and of those: is a third-party centre; without a name; independent of the
police; online; by phone or text; in person."""
AUDIENCES = ("young_people", "older_people", "women", "men", "lgbt", "trans", "disabled", "deaf", "learning_disability")
"""For whom a service is."""
MORE = ("open_now", "free", "text_or_chat", "home_visits", "step_free", "taking_new_people")
"""What else a service may have."""
SITUATIONS = (
    *("attack", "threat", "insult", "damage", "online", "stalking", "neighbour", "school", "work", "transport", "bus"),
    *("worship", "home_unsafe", "distress", "suicide", "money", "carer", "domestic", "sexual", "danger_now"),
    *("no_police", "police", "witness", "court", "case_closed", "discrimination", "landlord", "night", "child"),
    *("staff", "number"),
)
"""What somebody may be in, or may want, beside what a service says of itself: `search.concepts` says what helps."""
OF_TERMS = (TermKind.GROUND, TermKind.KIND, TermKind.LANGUAGE)
"""The kinds of terms that words may mean."""


def known_meanings(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Every code that a word may mean, in the order in which they are shown: `ground:race`, `situation:attack`."""
    return (
        *(f"{kind}:{term.code}" for kind in OF_TERMS for term in taxonomy.of(kind)),
        *(f"situation:{code}" for code in SITUATIONS),
        *(f"for:{code}" for code in AUDIENCES),
        *(f"report:{code}" for code in REPORT_WAYS),
        *(f"more:{code}" for code in MORE),
    )
