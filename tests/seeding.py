"""Fills a database with the real seed."""

from sqlalchemy.orm import Session

from directory.clock import now
from directory.config import ROOT
from directory.database import begin_writing, make_engine
from directory.exchange.seed_load import load_seed
from directory.schema import upgrade_schema


def seeded(url: str) -> str:
    """The address of a database again, now with all tables and the whole seed."""
    engine = make_engine(url)
    upgrade_schema(engine)
    with Session(engine) as session:
        begin_writing(session)
        load_seed(session, ROOT / "seed", now())
        session.commit()
    engine.dispose()
    return url
