"""Many who do the same at the same moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.database import begin_writing
from directory.errors import DomainError


def at_once(engine: Engine, number: int, act: Callable[[Session], object]) -> Counter[str]:
    """What came of so many who do the same at the same moment, each in a transaction of its own."""
    barrier = Barrier(number)

    def one(_: int) -> str:
        barrier.wait(timeout=60)
        with Session(engine) as session:
            begin_writing(session)
            try:
                act(session)
                session.commit()
            except DomainError as error:
                session.rollback()
                return type(error).__name__
        return "done"

    with ThreadPoolExecutor(number) as crowd:
        return Counter(crowd.map(one, range(number)))
