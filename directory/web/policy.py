"""The policy that holds, for the views of every face."""

from sqlalchemy.orm import Session

from directory.checks.ladder import ladder_of
from directory.checks.rules import Ladder
from directory.policy import queries
from directory.policy.defaults import defaults_of
from directory.policy.rules import Policy
from directory.web.extensions import current_settings


def current_policy(session: Session) -> Policy:
    """What managers have set, over the settings of the application that is answering."""
    return queries.current_policy(session, defaults_of(current_settings()))


def current_ladder(session: Session) -> Ladder:
    """The ladder by which organisations are asked now."""
    return ladder_of(current_policy(session), at_any_time=current_settings().development)
