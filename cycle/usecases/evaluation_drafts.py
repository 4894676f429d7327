"""Lines of a batch, judged by the rules of a single evaluation; what those ask is read in sets."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cycle.errors import Fault
from cycle.model.cycles import Cycle
from cycle.model.evaluations import Evaluation, EvaluationMeasure
from cycle.model.measures import Measure
from cycle.model.reports import Recommendation
from cycle.model.town import OrgUnit
from cycle.store.checks import check_columns, check_words
from cycle.store.inserts import Row, new_row, told_of
from cycle.store.many import among, matching
from cycle.store.unit import Unit
from cycle.usecases import corrections, evaluations, given, lookup
from cycle.usecases.judgements import Handed, Judgement, check, read

Mark = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A line as it could be read: its place, its words, and what is wrong with them."""

    no: int
    words: Handed
    said: Judgement
    faults: list[Fault]

    @property
    def plain(self) -> bool:
        """Tell whether it judges one measure in words and ratings, and puts nothing right."""
        said = self.said
        return len(said.measures) == 1 and not (said.corrects or said.results)

    @property
    def marks(self) -> Iterator[Mark]:
        """Tell by what it meets other lines: its measures and the sender's number."""
        yield from (("measure", key) for key in self.said.measures)
        if self.said.source and self.said.external_id:
            yield "sent", self.said.source, self.said.external_id


@dataclass(frozen=True, slots=True)
class Draft:
    """An evaluation nothing speaks against, not written yet."""

    no: int
    said: Judgement
    measure: Measure
    row: Row

    @property
    def advice(self) -> tuple[str, ...]:
        """Give what it recommends, each once."""
        return tuple(dict.fromkeys(self.said.recommendations))


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the lines of a run speak of, read at once."""

    sent: dict[Mark, list[Evaluation]]  # by the sender's number, newest first
    measures: dict[str, Measure]
    departments: dict[str, OrgUnit]  # that evaluated
    near: tuple[Sequence[object], ...]  # rounds and leads: the session gives what somebody holds


def told(no: int, words: Handed) -> Told:
    """Read a line."""
    said, faults = read(words)
    return Told(no, words, said, faults)


def fit(line: Told) -> None:
    """Raise Invalid where the keys of a line hold signs that no store can be asked for."""
    said = line.said
    keys = {f"measures/{n}": key for n, key in enumerate(said.measures)}
    named = {"source": said.source, "external_id": said.external_id}
    check_words({**keys, **named, "department": said.department, "corrects": said.corrects})


def fetched(unit: Unit, lines: Sequence[Told]) -> Shelf:
    """Read what the lines speak of; nobody else moves their measures from now on."""
    sent = defaultdict[Mark, list[Evaluation]](list)
    numbers = [(s.source, s.external_id) for s in (line.said for line in lines)]
    pairs = [(source, number) for source, number in numbers if source and number]
    for record in matching(
        unit, Evaluation,
        source=sorted({source for source, _ in pairs}),
        external_id=[number for _, number in pairs],
    ):  # fmt: skip
        sent[str(record.source), str(record.external_id)].append(record)
    for chain in sent.values():
        chain.sort(key=lambda e: e.revision, reverse=True)
    keys = [key for line in lines for key in line.said.measures]
    measures = matching(unit, Measure, lock=True, ref=keys)
    departments = {line.said.department for line in lines if line.said.department}
    return Shelf(
        sent,
        {m.ref: m for m in measures},
        {d.code: d for d in among(unit, OrgUnit, "code", sorted(departments))},
        (
            among(unit, OrgUnit, "id", sorted({m.lead_id for m in measures if m.lead_id})),
            among(unit, Cycle, "id", sorted({m.cycle_id for m in measures})),
        ),
    )


def judged(unit: Unit, shelf: Shelf, line: Told) -> Draft | Evaluation:
    """Judge a plain line as it is judged alone: a draft, or the evaluation that is there already.

    Raises what `evaluations.add` raises.
    """
    said = line.said
    chain = shelf.sent.get((said.source or "", said.external_id or ""), [])
    if there := corrections.recognised(said, None, chain):
        return there
    given.insist(*line.faults, *check(unit, said))
    key = said.measures[0]
    measure = shelf.measures.get(key)
    if measure is None:
        raise lookup.unknown(unit, Measure, "ref", key)
    evaluations.begun(unit, measure, said)
    columns = evaluations.columns(unit, said, [measure])
    columns["evaluator_unit_id"] = _evaluator(unit, shelf, said.department)
    draft = Draft(line.no, said, measure, new_row(unit, Evaluation, {"ref": "", **columns}))
    _check(draft)
    return draft


def _evaluator(unit: Unit, shelf: Shelf, code: str | None) -> str | None:
    if code is None:
        return None
    if code not in shelf.departments:
        raise lookup.unknown(unit, OrgUnit, "code", code)
    return shelf.departments[code].id


def _check(draft: Draft) -> None:
    """Compare every word with its limit, in the order in which they are written alone."""
    check_words(told_of(draft.row))
    check_columns(Evaluation, draft.row)
    check_columns(EvaluationMeasure, own(draft))
    for text in draft.advice:
        check_words({"text": text})
    for text in draft.advice:
        check_columns(Recommendation, {"text": text})


def own(draft: Draft) -> dict[str, str | None]:
    """Give the judgement of the measure itself."""
    words = draft.said.each.get(draft.measure.ref, {})
    return {"overall": words.get("overall"), "text": words.get("text")}
