"""The shape of the code: who imports whom, what files are called, how long they get."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSIONS = ROOT / "directory/migrations/versions"
SHAPELESS = {"utils", "util", "common", "helpers", "helper", "misc", "services", "tools", "shared", "base"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_TEMPLATE = 120

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
COMMITS = {"session.commit", "db.session.commit", "self.session.commit"}


def parsed(*folders: str) -> dict[str, ast.Module]:
    """The modules of some folders by name, without the migrations, whose form Alembic gives."""
    paths = [
        path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if VERSIONS not in path.parents
    ]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


CODE = parsed("directory")
IMPORTS = ast.Import | ast.ImportFrom


def imports(module: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for node in ast.walk(module) if isinstance(node, IMPORTS))


def attributes(module: ast.Module) -> set[str]:
    return {ast.unparse(node) for node in ast.walk(module) if isinstance(node, ast.Attribute)}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_nobody_imports_whom_they_may_not() -> None:
    """In a process of its own: the linter sets up logging, and silences every logger that there is."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_module_begins_with_what_it_is() -> None:
    words = {name: (ast.get_docstring(module) or "").split("\n\n")[0] for name, module in CODE.items()}
    assert not [name for name, sentence in words.items() if not sentence.endswith((".", ":"))]


def test_every_import_stands_at_the_top() -> None:
    assert not [
        f"{name}:{node.lineno}" for name, module in CODE.items() for node in imports(module) if node not in module.body
    ]


def test_every_import_is_absolute_and_real() -> None:
    froms = [
        (name, node) for name, module in CODE.items() for node in imports(module) if isinstance(node, ast.ImportFrom)
    ]
    assert not [f"{name}:{node.lineno}" for name, node in froms if node.level]
    assert not [name for name, node in froms if "TYPE_CHECKING" in {imported.name for imported in node.names}]


def test_every_name_says_what_a_module_is_about() -> None:
    assert not [name for name in CODE if SHAPELESS & set(Path(name).with_suffix("").parts)]


def test_files_are_short() -> None:
    assert not {name: lines(ROOT / name) for name in CODE if lines(ROOT / name) > LONGEST_FILE}
    templates = [path for path in (ROOT / "directory/templates").rglob("*") if path.is_file()]
    assert not {path.name: lines(path) for path in templates if lines(path) > LONGEST_TEMPLATE}


def test_functions_are_short() -> None:
    lengths = {
        f"{name}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, module in CODE.items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert not {function: length for function, length in lengths.items() if length > LONGEST_FUNCTION}


def test_only_the_clock_reads_the_time() -> None:
    assert [name for name, module in CODE.items() if attributes(module) & CLOCKS] == ["directory/clock.py"]


def test_nothing_below_the_way_in_reads_the_environment() -> None:
    assert not [name for name, module in CODE.items() if attributes(module) & {"os.environ", "os.getenv"}]


def test_only_a_transaction_or_a_job_commits() -> None:
    committers = [name for name, module in CODE.items() if attributes(module) & COMMITS]
    a_directory_in_memory = "directory/checks/simulation.py"
    assert committers == [a_directory_in_memory, "directory/schedule.py", "directory/web/transaction.py"]


def test_tests_wait_for_events_and_not_for_time() -> None:
    calls = {
        f"{name}:{node.lineno}": ast.unparse(node.func).split(".")[-1]
        for name, module in parsed("tests", "bench").items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
    }
    assert not [where for where, called in calls.items() if called == "sleep"]
