"""The table of verbs as a whole: each verb fits its use case, its words and its help."""

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from cli import choices
from cli.deeds import Deed
from cli.flags import EVERYWHERE, FILTERS
from cli.frame import Verb
from cli.main import leaf, parsed
from cli.nouns import NOUNS
from cycle.i18n import Tongue
from cycle.machine.cycles import ROUNDS
from cycle.machine.gaps import RULES, command
from cycle.machine.measures import MEASURES
from cycle.machine.words import cycles_en, measures_en, names
from cycle.model import words
from cycle.model.measures import MeasureFields
from tests.house.catalogue import ROOMS, ROOT, said

ENGLISH = Tongue("en")


def _verbs() -> Iterator[tuple[str, Verb]]:
    for noun in NOUNS.values():
        for verb in import_module(f"cli.{noun.module}").VERBS:
            yield f"{noun.word} {verb.name}".strip(), verb


VERBS = dict(_verbs())
DEEDS = {name: verb for name, verb in VERBS.items() if isinstance(verb.run, Deed)}
BY_NAME = {"consequence set": {"state"}}  # the use case takes more words than it names


@pytest.mark.parametrize("name", DEEDS)
def test_every_word_of_a_verb_is_one_its_use_case_knows(name: str) -> None:
    verb = DEEDS[name]
    assert isinstance(verb.run, Deed)
    parameters = inspect.signature(verb.run.function).parameters
    open_ended = any(p.kind is p.VAR_KEYWORD for p in parameters.values())
    own = {each.dest for each in verb.args} - {"key"}
    assert open_ended or own <= parameters.keys()


@pytest.mark.parametrize("name", DEEDS)
def test_every_word_a_use_case_insists_on_is_asked_for(name: str) -> None:
    verb = DEEDS[name]
    assert isinstance(verb.run, Deed)
    _unit, *rest = inspect.signature(verb.run.function).parameters.values()
    needed = {p.name for p in rest if p.default is p.empty and p.kind is not p.VAR_KEYWORD}
    sure = {
        each.dest
        for each in verb.args
        if not each.name.startswith("-") or each.more.get("required") or "default" in each.more
    }
    first = {rest[0].name} if "key" in sure else set()
    assert needed - first <= sure


def test_the_words_of_a_measure_can_all_be_said() -> None:
    flags = {each.dest for each in VERBS["measure edit"].args}
    assert set(MeasureFields.model_fields) <= flags


@pytest.mark.parametrize("name", sorted({t.name for t in MEASURES.transitions}))
def test_every_move_of_a_measure_is_a_verb(name: str) -> None:
    assert f"measure {name.replace('_', '-')}" in VERBS


@pytest.mark.parametrize("name", sorted({t.name for t in ROUNDS.transitions}))
def test_every_move_of_a_round_is_a_verb(name: str) -> None:
    assert f"round {name.replace('_', '-')}" in VERBS


@pytest.mark.parametrize(
    "name",
    [name for name in vars(choices) if name.isupper()],
)
def test_closed_lists_are_those_of_the_store(name: str) -> None:
    theirs = {
        "ACCOUNTS": "ACCOUNT_KINDS", "DECISIONS": "DECISION_KINDS", "LEVELS": "GOAL_LEVELS",
        "SCHEMES": "SCHEME_PURPOSES", "TARGETS": "TARGET_KINDS",
    }  # fmt: skip
    ours = getattr(choices, name)
    if name == "RATED":
        assert set(ours) <= set(words.GOAL_STATES)
    elif name == "VALUES":
        assert ours == (*words.VALUE_STATES, *words.EMPTY_STATES)
    else:
        assert ours == getattr(words, theirs.get(name, name))


@pytest.mark.parametrize(
    ("kind", "theirs"),
    [
        ("binding", words.BINDINGS), ("body", words.BODY_KINDS), ("code", words.CODES),
        ("consequence", words.CONSEQUENCES), ("consultation", words.CONSULTATION_ROLES),
        ("course", words.COURSES), ("disposition", words.CHOICES),
        ("evaluator_kind", words.EVALUATORS), ("finding_kind", words.FINDING_KINDS),
        ("group", words.GROUPS), ("influence", words.INFLUENCE), ("lever", words.LEVERS),
        ("mandate", words.MANDATES), ("origin", words.ORIGINS), ("outcome", words.OUTCOMES),
        ("overall", words.OVERALL), ("participation_format", words.FORMATS),
        ("prevention", words.PREVENTION), ("report_kind", words.REPORT_KINDS),
        ("severity", words.SEVERITIES), ("strand", words.STRANDS), ("unit", words.UNIT_KINDS),
    ],
)  # fmt: skip
def test_names_of_words_are_all_the_words_of_the_store(kind: str, theirs: tuple[str, ...]) -> None:
    assert set(choices.of(kind)) == set(theirs)


# What stands for a value in the sentences, and a value that could stand there.
BLANKS = {
    "AMOUNT": "1", "DATE": "2026-01-31", "NUMBER": "1", "RATING": "3", "SHARE": "1",
    "VALUE": "25", "YEAR": "2026", "STATE": "in_progress", "STAGE": "report", "CHOICE": "adapt",
    "RESULT": "adopted", "FORMAT": "survey", "LEVER": "budget", "LEVEL": "operational",
    "GROUP": "youth", "OVERALL": "effective", "{groups_first}": "youth",
    "{kinds_first}": "built", "{wanted_first}": "deferred", "{on}": "2026-01-31",
}  # fmt: skip
_AFTER = {
    "--code": "other", "--role": "admin", "--course": "done", "--response": "partly",
    "--status": "missed",
}  # fmt: skip


def _filled(text: str, **values: str) -> list[str]:
    for blank, value in {**BLANKS, **values}.items():
        text = text.replace(blank, value)
    text = re.sub(r"\{\w+\}", "M-2026-001", text).replace('"', "")
    found = text.split()[1:]
    return [_AFTER.get(before, word) for before, word in zip(["", *found], found, strict=False)]


def _guards() -> Iterator[str]:
    for guard, (_, _, fix) in [*measures_en.GUARDS.items(), *cycles_en.GUARDS.items()]:
        if fix.startswith("cycle "):
            yield f"{guard}: {fix}"


@pytest.mark.parametrize("fix", sorted(set(_guards())))
def test_every_command_a_guard_names_is_one_that_can_be_typed(fix: str) -> None:
    text = fix.partition(": ")[2]
    move = "reopen" if "cycle round {command}" in text else "suspend"
    words_ = _filled(text, **{"{command}": move})
    if words_[:2] == ["finding", "respond"]:
        words_[-1] = "no_action"
    parsed(words_, ENGLISH)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_every_command_a_gap_names_is_one_that_can_be_typed(rule: str) -> None:
    words_ = _filled(command(rule, "en", "M-2026-001"))
    if words_[:2] == ["finding", "respond"]:
        words_[-1] = "no_action"
    parsed(words_, ENGLISH)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_what_a_record_holds_has_a_name_in_both_languages(lang: str) -> None:
    kinds = {
        "agreement": words.AGREEMENTS, "attribution": words.ATTRIBUTIONS, "basis": words.BASES,
        "comparable": words.COMPARABLE, "condition": words.CONDITIONS, "cover": words.COVERS,
        "decision_kind": words.DECISION_KINDS, "evaluation_status": words.EVALUATION_STATES,
        "frequency": words.FREQUENCIES, "funding": words.FUNDINGS, "majority": words.MAJORITIES,
        "measure_type": words.MEASURE_TYPES, "need": words.NEEDS, "polarity": words.POLARITIES,
        "target_kind": words.TARGET_KINDS,
        "value_status": (*words.VALUE_STATES, *words.EMPTY_STATES),
    }  # fmt: skip
    assert {kind: set(names(kind, lang)) for kind in kinds} == {k: set(v) for k, v in kinds.items()}


def _named() -> Iterator[str]:
    for message in said(tuple(ROOT / room for room in ROOMS)):
        sentence = str(message.id)
        yield from re.findall(r"`(cycle [^`]+)`", sentence)


@pytest.mark.parametrize("text", sorted(set(_named())))
def test_every_command_a_sentence_names_is_one_there_is(text: str) -> None:
    found = [word for word in text.split()[1:] if not word.startswith(("--", "{key}", "…"))]
    if not found or found[0].isupper() or "{" in found[0] or text.startswith("cycle --demo …"):
        return
    noun, *rest = found
    assert noun in NOUNS
    verbs = {verb.name for verb in import_module(f"cli.{NOUNS[noun].module}").VERBS}
    assert "" in verbs or (rest and rest[0] in verbs)


@pytest.mark.parametrize("name", VERBS)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_help_fits_eighty_columns(
    name: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    text = leaf(f"cycle {name}", VERBS[name], Tongue(lang)).format_help()
    assert max(map(len, text.splitlines())) <= 80


def test_every_noun_has_its_file_and_no_file_is_without_one() -> None:
    files = {path.stem for path in Path("/").joinpath(ROOT, "cli").glob("*.py")}
    frame = {
        "__init__", "asking", "bulk", "checkup", "choices", "deeds", "desk", "dossiers",
        "editing", "entry", "flags", "forms", "frame", "keys", "lights", "lists", "main",
        "manual", "moves", "naps", "nouns", "placeholders", "records", "sheets", "topics", "values",
        "watched",
    }  # fmt: skip
    assert files - frame == {noun.module for noun in NOUNS.values()}


def test_no_verb_takes_a_word_that_every_command_takes() -> None:
    everywhere = {each.dest for each in EVERYWHERE} - {"output"}
    for name, verb in VERBS.items():
        assert not everywhere & {each.dest for each in verb.args}, name


def test_filters_are_those_of_the_reading_room() -> None:
    from cycle.reading.filters import Filters  # noqa: PLC0415 - beside what it is compared with

    beside = {"as_of"}  # which store is read, not what of it
    # Picked by moves of many alone; who looks decides; the start page's way to all drafts.
    unsaid = {"mandate", "drafts_of", "internal"}
    assert {each.dest for each in FILTERS} - beside == set(Filters.__dataclass_fields__) - unsaid
