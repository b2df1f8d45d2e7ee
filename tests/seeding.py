"""What many tests begin with: all tables, a small taxonomy, the real seed. `databases.filled` makes each of them once."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.clock import now
from directory.config import ROOT
from directory.database import begin_writing
from directory.exchange.seed_load import load_seed
from directory.schema import upgrade_schema
from tests.factories import put_taxonomy


def tables(engine: Engine) -> None:
    """All tables, with nothing in them."""
    upgrade_schema(engine)


def small_taxonomy(engine: Engine) -> None:
    """All tables, and the terms that `factories` knows."""
    upgrade_schema(engine)
    with Session(engine) as session:
        begin_writing(session)
        put_taxonomy(session)
        session.commit()


def seed(engine: Engine) -> None:
    """All tables and the whole seed."""
    upgrade_schema(engine)
    with Session(engine) as session:
        begin_writing(session)
        load_seed(session, ROOT / "seed", now())
        session.commit()
