"""Who did something, in words: officers by their names, all others by what they are."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from directory.accounts.queries import officers

OTHERS: Mapping[str, str] = {
    "command": "somebody at the terminal",
    "import": "an import",
    "link": "the organisation, through its own link",
    "policy": "the policy",
    "public": "somebody on the public site",
    "seed": "the first filling of the directory",
    "system": "the directory itself",
}
"""Actors by what stands before the colon."""


def officer_names(session: Session) -> Mapping[str, str]:
    """The names of all officers by their actors."""
    return {officer.actor: officer.name or "an officer who was erased" for officer in officers(session)}


def actor_in_words(actor: str, names: Mapping[str, str]) -> str:
    """Who an actor is; an officer who is not among the names is one all the same."""
    if actor in names:
        return names[actor]
    kind = actor.partition(":")[0]
    return OTHERS.get(kind, "an officer" if kind == "officer" else actor)
