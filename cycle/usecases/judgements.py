"""What an evaluator hands in, by a form or by a machine: read, checked, and recognised again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, Required, TypedDict

from cycle.errors import Fault
from cycle.i18n import N_
from cycle.machine.chain import canonical
from cycle.model.words import (
    ATTRIBUTIONS,
    CRITERIA,
    EVALUATION_STATES,
    EVALUATORS,
    OVERALL,
    PURPOSES,
)
from cycle.store.unit import Unit
from cycle.usecases import given
from cycle.usecases.duties import strange

RATINGS = (1, 2, 3, 4)
_IMPACT = 7  # the top step of results
_HANDED = tuple(state for state in EVALUATION_STATES if state != "corrected")
_SENDER = {"source", "external_id", "corrects"}  # who says it is not what is said
_RESULT = {
    "goal", "indicator", "area", "value", "observation", "period_end", "text", "attribution",
}  # fmt: skip


class Handed(TypedDict, total=False):
    """The words of an evaluation, the same at every door; those left out are not known."""

    measures: Required[Sequence[str]]
    purpose: str
    evaluator_kind: str
    department: str | None
    period_start: date | None
    period_end: date | None
    concluded_on: date | None
    status: str
    overall: str | None
    text: str | None
    each: Mapping[str, Mapping[str, str | None]]
    method: str | None
    result_level: int | None
    ratings: Mapping[str, int]
    results: Sequence[Mapping[str, object]]
    recommendations: Sequence[str]
    report_url: str | None
    source: str | None
    external_id: str | None
    corrects: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What is said of one target of a goal: the value of a period, or a sentence."""

    place: str  # where it stands in what was handed in
    goal: str | None  # None: the main goal
    indicator: str | None  # None: the goal's only one
    area: str | None
    value: Decimal | None  # None: the value that is stored
    period_end: date | None
    attribution: str
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An evaluation as it was handed in, tidied; dates that are missing are settled later."""

    measures: tuple[str, ...]
    purpose: str = "summative"
    evaluator_kind: str = "internal"
    department: str | None = None  # who evaluated
    period_start: date | None = None
    period_end: date | None = None
    concluded_on: date | None = None
    status: str = "final"
    overall: str | None = None
    text: str | None = None
    each: Mapping[str, Mapping[str, str | None]]  # overall and text of one of several measures
    method: str | None = None
    result_level: int | None = None
    ratings: Mapping[str, int]
    results: tuple[Result, ...] = ()
    recommendations: tuple[str, ...] = ()
    report_url: str | None = None
    source: str | None = None
    external_id: str | None = None
    corrects: str | None = None

    @property
    def feeds_back(self) -> bool:
        """Tell whether its result belongs into a later report."""
        return self.status == "final" and self.purpose != "ex_ante"

    @property
    def moves(self) -> bool:
        """Tell whether it may carry a measure on; one on the way or beforehand never does."""
        return self.status == "final" and self.purpose == "summative"

    @property
    def short(self) -> bool:
        """Tell whether it is a short evaluation: an overall judgement, a text, a day."""
        return bool(self.overall) and not (self.method or self.ratings or self.results)

    @property
    def content_hash(self) -> str:
        """Fingerprint what is said, so that the same said twice is recognised."""
        said = {name: getattr(self, name) for name in _SAID}
        said["results"] = [asdict(result) for result in self.results]
        return sha256(canonical(said).encode()).hexdigest()

    def of(self, measure: str, word: str) -> str | None:
        """Give the judgement of one measure: its own, else that of all."""
        own: str | None = self.each.get(measure, {}).get(word)
        shared: str | None = getattr(self, word)
        return own or shared


_SAID = tuple(each.name for each in fields(Judgement) if each.name not in _SENDER)


def read(words: Handed) -> tuple[Judgement, list[Fault]]:
    """Tidy what was handed in, and note what cannot be read at all."""
    faults: list[Fault] = []
    tidied: dict[str, Any] = {n: _tidy(word) for n, word in words.items() if word is not None}
    tidied["measures"] = tuple(sorted({key.strip() for key in words["measures"]}))
    tidied["ratings"] = dict(words.get("ratings") or {})
    tidied["each"] = {
        key: {word: _tidy(value) for word, value in own.items()}
        for key, own in (words.get("each") or {}).items()
    }
    tidied["recommendations"] = tuple(_tidy(r) for r in words.get("recommendations") or ())
    tidied["results"] = tuple(
        _result(f"results/{n}", found, faults) for n, found in enumerate(words.get("results") or ())
    )
    return Judgement(**tidied), faults


def _tidy(value: object) -> object:
    return given.maybe(value) if isinstance(value, str) else value


def _result(place: str, words: Mapping[str, object], faults: list[Fault]) -> Result:
    for name in sorted(set(words) - _RESULT):
        says = N_("{name} is not known here.")
        faults.append(Fault(f"{place}/{name}", "unknown_field", says, {"name": name}))
    said = {name: _tidy(words.get(name)) for name in _RESULT}
    return Result(
        place=place,
        goal=_word(said["goal"]),
        indicator=_word(said["indicator"]),
        area=_word(said["area"]),
        value=_number(f"{place}/value", said["value"], faults),
        period_end=_day(f"{place}/period_end", said["period_end"] or said["observation"], faults),
        attribution=_word(said["attribution"]) or "unclear",
        text=_word(said["text"]),
    )


def _word(value: object) -> str | None:
    return None if value is None else str(value)


def _number(place: str, value: object, faults: list[Fault]) -> Decimal | None:
    if value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite() and not isinstance(value, bool):
        return number.normalize()
    faults.append(Fault(place, "no_number", N_("{name} is no number."), {"name": "value"}))
    return None


def _day(place: str, value: object, faults: list[Fault]) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        says = N_("{name} is no day like 2026-11-22.")
        faults.append(Fault(place, "no_day", says, {"name": "period_end"}))
        return None


def check(unit: Unit, said: Judgement) -> Iterator[Fault | None]:
    """Find every fault that can be told from the words alone."""
    if not said.measures:
        yield given.missing("measures", None)
    yield strange("purpose", said.purpose, PURPOSES)
    yield strange("evaluator_kind", said.evaluator_kind, EVALUATORS)
    yield strange("status", said.status, _HANDED)
    yield from _overall("", said.overall, said.text)
    if said.feeds_back and not (said.overall or said.text or said.ratings or said.each):
        yield given.missing("overall", None)
    if said.result_level is not None and not 1 <= said.result_level <= _IMPACT:
        says = N_("{name} is a step from 1 to 7.")
        yield Fault("result_level", "out_of_range", says, {"name": "result_level"})
    for key, own in said.each.items():
        if key not in said.measures:
            yield strange(f"each/{key}", key, said.measures)
        yield from _overall(f"each/{key}/", own.get("overall"), own.get("text") or said.text)
    yield given.unordered("period_end", said.period_start, said.period_end)
    yield given.ahead(unit, "concluded_on", said.concluded_on or unit.day)
    yield given.no_link("report_url", said.report_url)
    if said.source or said.external_id:
        yield given.missing("source", said.source)
        yield given.missing("external_id", said.external_id)
    yield from _parts(said)


def _overall(place: str, overall: str | None, text: str | None) -> Iterator[Fault | None]:
    if overall is not None:
        yield strange(f"{place}overall", overall, OVERALL)
    if overall == "not_assessable":
        yield given.missing(f"{place}text", text)


def _parts(said: Judgement) -> Iterator[Fault | None]:
    for criterion, rating in said.ratings.items():
        yield strange(f"ratings/{criterion}", criterion, CRITERIA)
        if rating not in RATINGS or isinstance(rating, bool):
            says = N_("{name} is rated from 1 to 4.")
            yield Fault(f"ratings/{criterion}", "out_of_range", says, {"name": criterion})
    for n, text in enumerate(said.recommendations):
        yield given.missing(f"recommendations/{n}", text)
    for result in said.results:
        yield strange(f"{result.place}/attribution", result.attribution, ATTRIBUTIONS)
        if result.period_end is None:
            yield given.missing(f"{result.place}/text", result.text)
        if result.value is not None:
            yield given.missing(f"{result.place}/period_end", result.period_end)
