"""Calls made up from the description of the API: what fits it, what does not, and chains of both.

Schemathesis reads `/openapi.json` of a running server, thinks up calls and compares every answer
with what the description promises. Most keys and codes are those of the town, so that calls reach
records; the rest is made up.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import schemathesis
from hypothesis import strategies as st
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.engine import events
from schemathesis.engine.recorder import CheckNode, Interaction, ScenarioRecorder

from cycle.machine.roles import ROLES
from cycle.store.store import Store
from cycle.usecases import accounts, tokens
from tests.makers import DAY

NAME: Final = "everyone"  # the account that calls, and its token
SEED: Final = 20261122
OFTEN: Final = 0.7  # of the keys are known ones
NOUNS: Final = {  # where the town's words come from
    "measure": "SELECT ref FROM measure",
    "goal": "SELECT ref FROM goal",
    "cycle": "SELECT ref FROM cycle",
    "report": "SELECT ref FROM report",
    "finding": "SELECT ref FROM finding",
    "recommendation": "SELECT ref FROM recommendation",
    "evaluation": "SELECT ref FROM evaluation",
    "decision": "SELECT ref FROM decision",
    "paper": "SELECT replace(ref, '/', '~') FROM paper",
    "body": "SELECT short_name FROM body",
    "indicator": "SELECT code FROM indicator",
    "area": "SELECT code FROM area",
    "department": "SELECT code FROM org_unit",
    "field": "SELECT code FROM field_of_action",
    "account": "SELECT name FROM account",
    "token": "SELECT name FROM token",
    "webhook": "SELECT name FROM webhook",
}
PATHS: Final = {noun: f"{noun[:-1]}ies" if noun == "body" else f"{noun}s" for noun in NOUNS}
BODIES: Final = {  # field of a body → noun it names
    "lead": "department", "owner": "department", "to": "department", "successor": "department",
    "partners[*]": "department", "department": "department", "goal": "goal",
    "side_goals[*]": "goal", "areas[*]": "area", "area": "area", "fields[*]": "field",
    "field": "field", "findings[*]": "finding", "cycle": "cycle", "report": "report",
    "measure": "measure", "measures[*]": "measure", "indicator": "indicator", "body": "body",
    "decision": "decision", "paper": "paper", "results[*].goal": "goal",
}  # fmt: skip
# Refusals that are rules of the town, which no schema can say, wear these marks: a record that is
# not there, days in the wrong order, a word another one needs. What a schema can say must not turn
# away a call that fits it. (`no_whole_number` is left out: to a schema 3.0 is a whole number, and
# we refuse it, for cents that come as 3.0 come out of a calculation. `unknown_field` is: a move
# takes no words of another move.)
SCHEMA_SAYS: Final = frozenset(
    {"no_text", "no_number", "no_truth", "no_list", "no_object", "no_day",
     "too_long", "too_many", "too_few"}
)  # fmt: skip
LINES: Final = st.one_of(
    st.builds(
        lambda measure, number, text: {
            "measure": measure, "source": "survey", "external_id": str(number), "text": text,
            "overall": "effective", "period_end": "2026-09-30", "concluded_on": "2026-10-01",
        },
        st.sampled_from([f"M-2026-{n:03}" for n in range(1, 9)]), st.integers(1, 50), st.text(),
    ),
    st.builds(
        lambda value, day: {"indicator": "KITA", "area": "16999000", "period_end": day,
                            "value": value},
        st.floats(allow_nan=True) | st.integers(), st.dates().map(str),
    ),
    st.dictionaries(st.text(), st.none() | st.text() | st.integers() | st.lists(st.text())),
).map(lambda line: json.dumps(line).encode())  # fmt: skip
BATCH: Final = st.lists(LINES | st.binary(max_size=200), max_size=12).map(b"\n".join)


class DescribedButRefused(Failure):
    """A call fits its schema and is turned away for what the schema could have said."""


@schemathesis.check
def the_schema_says_what_fits(ctx: Any, response: Any, case: Any) -> None:  # noqa: ANN401 - as called
    if response.status_code != 422 or not case.meta or not case.meta.generation.mode.is_positive:
        return
    told = response.json().get("errors", ())  # those without a place are rules for the whole
    found = [each for each in told if each["code"] in SCHEMA_SAYS and each["pointer"]]
    if found:
        raise DescribedButRefused(
            operation=case.operation.label, title=str(found[0]), message=str(found)
        )


@dataclass
class Found:
    """What a run sent, and what did not hold."""

    requests: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    phases: Counter[str] = field(default_factory=Counter)
    operations: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)  # operations that did what they are for
    faults: dict[str, str] = field(default_factory=dict)

    def note(self, event: events.EngineEvent) -> None:
        """Count what an event tells."""
        if isinstance(event, events.ScenarioFinished):
            before = self.requests
            self._count(event.recorder)
            self.phases[str(event.phase)] += self.requests - before
        elif isinstance(event, events.NonFatalError):
            self.faults.setdefault(f"{event.label}: {event.info.title}", event.info.message)
        elif isinstance(event, events.FatalError):
            raise event.exception

    def _count(self, told: ScenarioRecorder) -> None:
        for name, each in told.interactions.items():
            self._answer(told.cases[name].value.operation.label, each)
        for checks in told.checks.values():
            for check in checks:
                self._blame(check)

    def _answer(self, operation: str, each: Interaction) -> None:
        self.requests += 1
        self.operations.add(operation)
        if each.response is None:
            self.faults.setdefault(f"{operation}: no answer", "")
            return
        self.answers[each.response.status_code] += 1
        if each.response.status_code < 300:
            self.reached.add(operation)

    def _blame(self, check: CheckNode) -> None:
        if check.failure_info:
            failure = check.failure_info.failure
            place = f"{failure.operation}: {type(failure).__name__} {failure.title}"
            self.faults.setdefault(place, f"{failure.message}\n{check.failure_info.code_sample}")

    def server_errors(self) -> int:
        """Count the answers that say it is our fault."""
        return sum(number for status, number in self.answers.items() if status >= 500)

    def lines(self) -> Iterator[str]:
        """Tell it."""
        yield f"{self.requests} requests, {len(self.operations)} operations"
        yield f"{len(self.reached)} of them did what they are for"
        yield f"phases: {dict(self.phases)}"
        yield f"answers: {dict(sorted(self.answers.items()))}"
        yield f"{self.server_errors()} server errors, {len(self.faults)} kinds of faults"


def let_in(store: Store) -> str:
    """Give a token that may do everything."""
    with store.unit("admin", day=DAY) as unit:
        accounts.add(unit, NAME, roles=sorted(ROLES), departments=["StP", "51"])
        return tokens.create(unit, NAME, account=NAME, roles=sorted(ROLES))[1]


def run(store: Store, address: str, token: str, *, examples: int, phases: tuple[str, ...]) -> Found:
    """Send calls to every operation and give what came of it."""
    schemathesis.openapi.media_type("application/x-ndjson", BATCH, aliases=["application/jsonl"])
    told = _set(store, token, examples, phases)
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json", config=told)
    schema.hook(filter_case)
    found = Found()
    # a stream has no end: tests/api/test_changes.py follows it
    for event in engine.from_schema(schema.exclude(operation_id="follow_changes")).execute():
        found.note(event)
    own = httpx.get(f"{address}/v1/status", headers={"Authorization": f"Bearer {token}"})
    assert own.status_code == 200, "the token that calls was ended on the way"
    return found


def filter_case(context: Any, case: Any) -> bool:  # noqa: ANN401 - as schemathesis calls it
    """Leave out calls by which the caller would end itself."""
    return not re.match(r"/v1/(accounts|tokens)/", case.path) or NAME not in str(
        case.path_parameters.get("key")
    )


def _set(store: Store, token: str, examples: int, phases: tuple[str, ...]) -> SchemathesisConfig:
    rejected = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428"]
    known = {noun: {"values": _known(store, sql) or ["none"]} for noun, sql in NOUNS.items()}
    bodies = {f"body.{name}": _draw(noun) for name, noun in BODIES.items()}
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "suppress-health-check": ["all"],
            "continue-on-failure": True,
            "request-timeout": 60,
            "headers": {"Authorization": f"Bearer {token}"},
            "dictionaries": known | {"version": {"values": ["*"]}},
            "parameters": {"header.If-Match": _draw("version"), **bodies},
            "operations": [
                {"include-path-regex": f"^/v1/{path}/{{key}}",
                 "parameters": {"path.key": _draw(noun)}}
                for noun, path in PATHS.items()
            ]
            # an account is let out and a token ended: both stay, for the journal names them
            + [{"include-path-regex": "^/v1/(accounts|tokens)/",
                "checks": {"use_after_free": {"enabled": False}}}],
            "generation": {"max-examples": examples, "deterministic": True, "no-shrink": True,
                           "database": "none"},
            "phases": {"enabled": False, **{phase: {"enabled": True} for phase in phases}},
            "checks": {
                # 412: If-Match names another version; 428: it is missing (RFC 6585), looked at only
                # once the body fits (422) and the record is there (404): see api/frame.py
                "negative_data_rejection": {"expected-statuses": rejected},
                "missing_required_header": {"expected-statuses": ["401", "404", "422", "428"]},
                # 412 as above; 422 where a rule of the town does not hold: see SCHEMA_SAYS
                "positive_data_acceptance": {
                    "expected-statuses": ["2xx", "304", "403", "404", "409", "412", "422"]
                },
            },
        }
    )  # fmt: skip


def _draw(words: str) -> dict[str, Any]:
    return {"dictionary": words, "probability": OFTEN}


def _known(store: Store, sql: str) -> list[str]:
    with store.unit("admin", day=DAY) as unit:
        sql = f"{sql} WHERE municipality_id = :m ORDER BY 1 LIMIT 20"
        return [str(word) for (word,) in unit.reading().pairs(sql)]
