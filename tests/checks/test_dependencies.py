"""What the project is built on: locked with hashes, from no named place, and one Whoosh only."""

import json
import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("requirements*.txt"))
PINNED = re.compile(r"([a-z0-9-]+)(\[[a-z,-]+\])?==(\S+)( ; .+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
EXACT = re.compile(r"\d+\.\d+\.\d+")


def locked(lock: Path) -> dict[str, tuple[str, list[str]]]:
    """Of each distribution in a lock file: its version and its hashes."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    rows = [re.split(r"\s+(?=--hash)", line.strip()) for line in text.splitlines() if line.strip() and line[0] != "#"]
    found = {}
    for requirement, *hashes in rows:
        match = PINNED.fullmatch(requirement.strip())
        assert match, f"{lock.name}: {requirement}"
        found[match[1]] = match[3], hashes
    return found


def wanted(*, with_tools: bool) -> set[str]:
    """The names of the distributions that `pyproject.toml` asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tools = project["dependency-groups"]["dev"] if with_tools else []
    return {re.split(r"[\[=<>]", requirement)[0] for requirement in [*project["project"]["dependencies"], *tools]}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_everything_is_pinned_with_hashes_and_names_no_place(lock: Path) -> None:
    distributions_locked = locked(lock)
    assert distributions_locked
    assert not [name for name, (_, hashes) in distributions_locked.items() if not hashes]
    assert not [one for _, hashes in distributions_locked.values() for one in hashes if not HASH.fullmatch(one)]
    assert not re.search(r"://|--index|--find-links|--trusted", lock.read_text(encoding="utf-8"))


def test_the_locks_hold_what_the_project_asks_for() -> None:
    run, tools = (locked(ROOT / name) for name in ("requirements.txt", "requirements-dev.txt"))
    assert wanted(with_tools=False) <= set(run)
    assert wanted(with_tools=True) <= set(tools)
    assert not {name for name, (version, _) in run.items() if tools[name][0] != version}


def test_whoosh_is_one_distribution_and_its_version_is_chosen() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "whoosh3==3.54.0" in project["project"]["dependencies"]
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert [one for one in locked(ROOT / name) if "whoosh" in one] == ["whoosh3"]


def test_only_one_whoosh_is_installed() -> None:
    """Two distributions of it would overwrite each other's files."""
    found = {one.metadata["Name"].lower() for one in distributions() if "whoosh" in one.metadata["Name"].lower()}
    assert len(found) == 1


def test_the_style_sheets_are_made_of_exact_versions() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert not [name for name, version in asked.items() if not EXACT.fullmatch(version)]
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert not [name for name, package in packages.items() if name and "integrity" not in package]
