"""What holds for every file of the house."""

import ast
import re
from pathlib import Path

import pytest

from cycle import errors

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "cli", "cycle", "migrations", "tests")
LONGEST_FILE, LONGEST_FUNCTION = 350, 40
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
SOURCE = [path for path in FILES if path.relative_to(ROOT).parts[0] != "tests"]
WALLED = [path for path in FILES if path.parent.name != "versions"]  # migrations grow as they must
CLOCK = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time(_ns)?)\(")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", WALLED, ids=_name)
def test_no_file_and_no_function_outgrows_its_wall(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines: split the noun, not the layer"
    for node in ast.walk(_tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"


def test_only_the_clock_asks_the_time() -> None:
    asking = {_name(path) for path in SOURCE if CLOCK.search(path.read_text("utf-8"))}
    assert asking == {"cycle/clock.py"}


def test_nothing_is_imported_from_the_future() -> None:
    assert [_name(path) for path in FILES if "\nfrom __future__" in path.read_text("utf-8")] == []


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {path.parent for path in FILES if path.relative_to(ROOT).parts[0] == "tests"}
    assert [_name(each) for each in folders if not (each / "__init__.py").exists()] == []


def _errors(of: type[errors.KreislaufError]) -> list[type[errors.KreislaufError]]:
    return [of, *(each for child in of.__subclasses__() for each in _errors(child))]


@pytest.mark.parametrize("error", _errors(errors.KreislaufError))
def test_every_error_is_drawn_in_the_tree_and_has_a_code(
    error: type[errors.KreislaufError],
) -> None:
    assert error.__name__ in (errors.__doc__ or "")
    assert error.__module__ == "cycle.errors"
    assert re.fullmatch(r"[a-z_]+", error.code)
