"""Every act that the code can keep in the audit trail has its words, and no words are for an act that is not there."""

import ast
from collections.abc import Iterator
from pathlib import Path

from directory.checks.rules import ContactState
from directory.web.admin.audit_words import ACTS, KINDS

ROOT = Path(__file__).parents[2]
ACTION = "action"
MADE = {f"contact_{state.value}" for state in ContactState} - {"contact_bouncing"}
"""Acts whose names are put together from a state."""
Function = ast.FunctionDef


def modules() -> Iterator[ast.Module]:
    for path in sorted((ROOT / "directory").rglob("*.py")):
        if "migrations" not in path.parts:
            yield ast.parse(path.read_text(encoding="utf-8"))


def constants(node: ast.AST) -> set[str]:
    """The texts that an expression may be; a text that is put together has parts, which are none."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return set()


def named(call: ast.Call) -> str:
    return ast.unparse(call.func).split(".")[-1]


def place_of_action(function: Function) -> int | None:
    """Where a function takes the name of an act, to hand it on."""
    names = [argument.arg for argument in [*function.args.posonlyargs, *function.args.args]]
    return names.index(ACTION) if ACTION in names else None


def acts_of(module: ast.Module) -> set[str]:
    """The acts that a module names: to `record`, or to a function of its own that hands it on."""
    places = {node.name: place_of_action(node) for node in ast.walk(module) if isinstance(node, Function)}
    found: set[str] = set()
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
        given = [keyword.value for keyword in call.keywords if keyword.arg == ACTION]
        place = places.get(named(call))
        if place is not None and len(call.args) > place:
            given.append(call.args[place])
        found |= {text for node in given for text in constants(node)}
    return found


def test_every_act_has_its_words_and_no_other() -> None:
    named_in_code = {act for module in modules() for act in acts_of(module) if act}
    assert len(named_in_code) > 50
    assert named_in_code | MADE == set(ACTS)


def test_each_act_is_of_one_kind() -> None:
    assert sum(len(kind.acts) for kind in KINDS.values()) == len(ACTS)


def test_words_say_what_somebody_did() -> None:
    assert not [words for words in ACTS.values() if words != words.strip(" .") or words[0].isupper()]
