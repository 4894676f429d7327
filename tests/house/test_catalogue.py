import argparse
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from tests.house.catalogue import ARGPARSE, OWN, ROOMS, ROOT, compiled, kept, missing, said

MEND = "run `uv run python -m tests.house.catalogue` and write the German"
FOR_PROGRAMMERS = {
    "%r is not callable",
    "'required' is an invalid argument for positionals",
    ".__call__() not defined",
    "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r",
    "conflicting option string: %s",
    "conflicting subparser alias: %s",
    "conflicting subparser: %s",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "mutually exclusive arguments must be optional",
}


def _ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


def _fields(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field}


def test_every_sentence_of_the_source_is_in_the_catalogue_and_no_other() -> None:
    in_source, in_catalogue = _ids(said(tuple(ROOT / room for room in ROOMS))), _ids(kept(OWN))
    assert in_source - in_catalogue == set(), MEND
    assert in_catalogue - in_source == set(), MEND
    assert not kept(OWN).obsolete, MEND


@pytest.mark.parametrize("path", [OWN, ARGPARSE], ids=lambda path: path.name)
def test_every_sentence_has_its_german(path: Path) -> None:
    assert missing(kept(path)) == [], MEND


@pytest.mark.parametrize("path", [OWN, ARGPARSE], ids=lambda path: path.name)
def test_the_compiled_catalogue_is_the_written_one(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == compiled(kept(path)), MEND


def test_the_german_asks_for_no_value_that_the_english_has_not() -> None:
    for message in kept(OWN):
        english = message.id if isinstance(message.id, str) else message.id[1]
        german = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in german:
            assert _fields(str(text)) <= _fields(english), english


def test_argparse_of_this_python_is_known_to_the_catalogue() -> None:
    with Path(argparse.__file__).open("rb") as file:
        found = list(extract("python", file, keywords={"_": None, "ngettext": (1, 2)}))
    templates = {found[0] if isinstance(found, tuple) else found for _, found, _, _ in found}
    known = {each[0] if isinstance(each, tuple) else each for each in _ids(kept(ARGPARSE))}
    assert templates - known - FOR_PROGRAMMERS == set()
