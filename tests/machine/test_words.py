"""What the machine says: to everyone in German and English, never failing for want of a value."""

from fractions import Fraction
from string import Formatter
from typing import Any

import pytest

from cycle.errors import Reason, Refused
from cycle.machine.core import F, Machine
from cycle.machine.cycles import ROUNDS
from cycle.machine.facts import MeasureFacts
from cycle.machine.measures import MEASURES
from cycle.machine.policy import PRESETS
from cycle.machine.roles import LEAD, ROLES
from cycle.machine.words import (
    LANGUAGES,
    brings_de,
    brings_en,
    guard_command,
    guard_fix,
    guard_says,
    guard_task,
    guard_who,
    language,
    name,
    names,
    refusal,
    sayable,
)
from cycle.machine.words.brings import brings
from tests.machine.facts import TODAY, TOMORROW, asked, measure, planning_round

MACHINES: list[Machine[Any]] = [MEASURES, ROUNDS]
BY_NAME = pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
BY_LANG = pytest.mark.parametrize("lang", sorted(LANGUAGES))
STANDARD = PRESETS["standard"]


def reasons(machine: Machine[F], state: str | None, move: str, facts: F) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as caught:
        machine.step(state, move, facts, STANDARD)
    return caught.value.reasons


@BY_LANG
@BY_NAME
def test_every_state_stage_and_move_has_a_name(machine: Machine[Any], lang: str) -> None:
    states, moves = ("stage", "round_move") if machine is ROUNDS else ("state", "move")
    assert {s.name for s in machine.states} <= set(names(states, lang))
    assert {s.stage for s in machine.states if s.stage} <= set(names("stage", lang))
    assert {t.name for t in machine.transitions} <= set(names(moves, lang))


@BY_LANG
def test_every_role_has_a_name(lang: str) -> None:
    assert set(names("role", lang)) == ROLES | {LEAD}


@BY_LANG
@BY_NAME
def test_every_move_has_a_headline(machine: Machine[Any], lang: str) -> None:
    general = refusal(machine.name, "unheard_of", "K-1", lang)
    for transition in machine.transitions:
        headline = refusal(machine.name, transition.name, "K-1", lang)
        assert headline.endswith(":")
        assert headline != general


def test_both_languages_name_the_same_things() -> None:
    de, en = LANGUAGES["de"], LANGUAGES["en"]
    assert {k: list(v) for k, v in de.names.items()} == {k: list(v) for k, v in en.names.items()}
    assert {m: list(g) for m, g in de.guards.items()} == {m: list(g) for m, g in en.guards.items()}
    assert {m: list(h) for m, h in de.headlines.items()} == {
        m: list(h) for m, h in en.headlines.items()
    }


def test_each_move_that_a_page_offers_says_what_it_brings() -> None:
    assert list(brings_de.BRINGS) == list(brings_en.BRINGS)
    offered = {each.name for each in MEASURES.transitions} - {"log", "supersede"}
    assert set(brings_de.BRINGS) == offered
    for move in offered:
        assert brings(move, "de_DE") == brings_de.BRINGS[move]
        assert brings(move, "fr") == brings_en.BRINGS[move]
    assert brings("supersede", "de") == ""


def fields(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


@BY_NAME
def test_both_languages_fill_in_the_same_values(machine: Machine[Any]) -> None:
    de, en = (LANGUAGES[lang].guards[machine.name] for lang in ("de", "en"))
    for guard, german in de.items():
        assert [fields(t) for t in german] == [fields(t) for t in en[guard]], guard


@BY_NAME
def test_every_guard_names_a_command(machine: Machine[Any]) -> None:
    for guard in sayable("en", machine.name):
        command = guard_command(guard, "en", {"machine": machine.name})
        assert command.startswith("cycle "), guard


@BY_LANG
@BY_NAME
def test_a_value_that_is_missing_never_fails(machine: Machine[Any], lang: str) -> None:
    for guard in sayable(lang, machine.name):
        values = {"machine": machine.name}
        assert "{" not in guard_says(guard, lang, values) + guard_fix(guard, lang, values)


@BY_LANG
@BY_NAME
def test_no_sentence_speaks_of_our_machinery(machine: Machine[Any], lang: str) -> None:
    for said in LANGUAGES[lang].guards[machine.name].values():
        for word in ("guard", "transition", "verweiger", "refus"):
            assert word not in said[0].lower() + said[1].lower()


def test_a_refusal_reads_like_a_colleague() -> None:
    (reason,) = reasons(MEASURES, "targeted", "propose", measure(countersigned=False))
    assert refusal("measure", "propose", "M-2026-014", "de") == (
        "M-2026-014 kann noch nicht in die Gremien:"
    )
    assert guard_says(reason.guard, "de", reason.values) == (
        "Es fehlt die Mitzeichnung der Kämmerei (20)."
    )
    assert guard_who(reason.who, "de", reason.values) == "Kämmerei (20)"
    assert guard_fix(reason.guard, "de", reason.values) == (
        "Die finanziellen Auswirkungen mitzeichnen lassen: cycle consequence countersign M-2026-014"
    )


def test_it_reads_so_in_english_too() -> None:
    values = {"key": "M-2026-014", "finance": None}
    assert refusal("measure", "propose", "M-2026-014", "en") == (
        "M-2026-014 cannot go to the committees yet:"
    )
    assert guard_says("financial_not_countersigned", "en", values) == (
        "The countersignature of the finance office is missing."
    )
    assert guard_task("financial_not_countersigned", "en", values) == (
        "Have the financial consequences countersigned"
    )


def test_a_thing_without_a_key_is_called_by_its_kind() -> None:
    assert refusal("measure", "target", "", "de").startswith("Die Maßnahme kann")
    assert refusal("cycle", "advance", "", "en").startswith("The planning round cannot")
    assert refusal("door", "push", "T-1", "en") == "T-1:"


def test_codes_are_named_and_the_command_takes_the_first() -> None:
    facts = measure(open_consequences=("built", "financial"))
    (reason,) = reasons(MEASURES, "targeted", "propose", facts)
    assert guard_says(reason.guard, "de", reason.values).endswith("baulich, finanziell.")
    assert "consequence set M-2026-014 built" in guard_command(reason.guard, "de", reason.values)


def test_dates_and_decimals_are_written_as_the_language_does() -> None:
    (late,) = reasons(MEASURES, "approved", "start", asked(on=TOMORROW))
    assert guard_says(late.guard, "de", late.values) == (
        "Der Beginn am 23.11.2026 liegt in der Zukunft."
    )
    assert "2026-11-23" in guard_says(late.guard, "en", late.values)
    (short,) = reasons(MEASURES, "draft", "supersede", measure(shares=Fraction(9, 10)))
    assert guard_says(short.guard, "de", short.values) == (
        "Die Anteile ergeben zusammen 0,9 statt 1."
    )
    assert "0.9" in guard_says(short.guard, "en", short.values)


def test_a_count_is_told_as_it_is() -> None:
    assert guard_says("milestone_open", "de", {"count": 2}) == "Noch offene Meilensteine: 2."


def test_a_move_not_offered_names_those_that_are() -> None:
    (reason,) = reasons(MEASURES, "approved", "propose", measure())
    assert guard_says(reason.guard, "de", reason.values) == (
        "Im Stand „beschlossen“ ist der Schritt „In die Gremien geben“ nicht vorgesehen."
    )
    assert "Beginn melden (start)" in guard_fix(reason.guard, "de", reason.values)


def test_the_end_of_the_circle_offers_nothing_more() -> None:
    (reason,) = reasons(MEASURES, "reported", "start", measure())
    assert "nothing any more" in guard_task(reason.guard, "en", reason.values)


def test_a_move_without_its_target_names_the_possible_ones() -> None:
    (reason,) = reasons(MEASURES, "draft", "take_over", measure())
    assert "in Umsetzung" in guard_says(reason.guard, "de", reason.values)
    (back,) = reasons(ROUNDS, "measure", "reopen", planning_round())
    assert guard_says(back.guard, "de", back.values) == (
        "Es fehlt ein möglicher neuer Abschnitt. Möglich ist: Bericht, Ziele."
    )
    assert guard_command(back.guard, "de", back.values).startswith("cycle round reopen Z-2026")


def test_a_round_and_a_measure_share_an_id_but_not_a_sentence() -> None:
    round_, measure_ = {"machine": "cycle"}, {"machine": "measure"}
    assert guard_says("title_missing", "de", round_) != guard_says("title_missing", "de", measure_)


def test_a_guard_of_a_round_is_found_without_its_machine() -> None:
    assert guard_says("no_finding", "en", {}) == "A finding is missing."


def test_an_unknown_guard_is_told_by_its_id() -> None:
    assert guard_says("unheard_of", "de", {}) == "unheard_of"


def test_the_department_is_named_by_its_unit() -> None:
    assert guard_who("lead", "de", {"lead": "51"}) == "Fachamt (51)"
    assert guard_who("lead", "de", {}) == "Fachamt"
    assert guard_who("steering", "en", {"lead": "51"}) == "steering group"


def test_a_language_is_found_by_its_locale_and_english_is_the_fallback() -> None:
    assert language("de_DE.UTF-8") is LANGUAGES["de"]
    assert language("fr") is LANGUAGES["en"]


def test_a_code_without_a_name_stays_as_it_is() -> None:
    assert name("state", "odd", "de") == "odd"
    assert name("unheard_of", None, "de") == "…"
    assert name("state", None, "de") == "noch nicht angelegt"


def test_bare_facts_are_told_without_a_gap_in_the_sentence() -> None:
    bare = MeasureFacts(today=TODAY, key="M-2026-014", lead="51")
    for reason in reasons(MEASURES, "draft", "target", bare):
        assert "…" not in guard_says(reason.guard, "de", reason.values)
