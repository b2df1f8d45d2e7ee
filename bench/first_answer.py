"""One process that answers all questions and then says when it gave the first answer, and how much memory it holds.

`python -m bench.first_answer ours|peer <folder>`; moments are those of the monotonic clock, which all processes share.
"""

import json
import sys
from pathlib import Path
from time import monotonic

from bench.directories import NOW, Directory
from bench.made_up import SEED
from bench.questions import by_kind
from directory.search.engine import SearchEngine, rest


def main(which: str, folder: str) -> None:
    """Answer, and print the moment of the first answer and the memory in use in MB."""
    directory = Directory(Path(folder))
    engine = SearchEngine(directory.index, SEED, rest)
    peer = directory.peer(engine.index.state()) if which == "peer" else None
    asked = [criteria for questions in by_kind(10).values() for criteria in questions]
    answered = 0.0
    for criteria in asked:
        peer.search(criteria) if peer else engine.search(criteria, NOW)
        answered = answered or monotonic()
    print(json.dumps({"answered": answered, "megabytes": _resident()}))


def _resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main(*sys.argv[1:])
