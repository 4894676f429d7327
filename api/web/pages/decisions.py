"""Decisions of bodies and offices: listed, shown, and recorded so that the measures move."""

from collections.abc import Iterable
from typing import Any, Final

from api.web import choosing
from api.web.forms import Field, Form, Option, invalid
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.picking import Filter
from cycle.errors import Fault, NotFound
from cycle.i18n import N_
from cycle.machine import words
from cycle.model.words import DECISION_KINDS
from cycle.reading import bodies, measures
from cycle.reading import decisions as reading
from cycle.reading.control import heads
from cycle.reading.filters import Filters
from cycle.reading.pages import Page as Part
from cycle.usecases import decisions, lookup, outcomes
from cycle.usecases.minutes import RESOLUTION, RESULTS
from cycle.usecases.papers import RECORDERS as CLERKS

CLERK: Final = frozenset(CLERKS)
RECORDERS: Final = CLERK | {"steering"}
EACH: Final = 50  # decisions on one page
WAITING: Final = 30  # measures one may tick
OFFICES: Final = tuple(kind for kind in DECISION_KINDS if kind != RESOLUTION)
_USUAL: Final = ("adopted", "adopted_amended", "rejected", "deferred", "referred", "noted")
_ROLES: Final = ("deciding", "preparatory", "hearing", "information")
_SHOWN: Final = (*_USUAL, *(each for each in RESULTS if each not in _USUAL))


def _list(visit: Visit) -> Shown:
    asked = visit.asked
    rows = reading.latest(
        visit.reader, body=asked.get("body"), result=asked.get("result"),
        under_way=bool(asked.get("open")), before=asked.get("after"), limit=EACH + 1,
        sees_internal=visit.sight.internal, sight=visit.sight,
    )  # fmt: skip
    return Shown("decisions/list.html", {
        "rows": rows[:EACH], "more": rows[EACH - 1].key if len(rows) > EACH else "",
        "filters": _filters(visit), "recorder": visit.may(*RECORDERS),
    })  # fmt: skip


def _filters(visit: Visit) -> list[Filter]:
    asked = visit.asked
    found = bodies.listed(visit.reader, sees_internal=visit.sight.internal)
    results = [(each, words.name("outcome", each, visit.lang)) for each in _SHOWN]
    return [
        Filter("body", visit.say(N_("Body")), [(b.short_name, b.name) for b in found],
               asked.get("body", "")),
        Filter("result", visit.say(N_("Outcome")), results, asked.get("result", "")),
        Filter("open", visit.say(N_("Carrying out")), [("1", visit.say(N_("still under way")))],
               asked.get("open", "")),
    ]  # fmt: skip


def _one(visit: Visit) -> Shown:
    decision = visit.show("decision", visit.key)
    waits = decision["result"] == "adopted_amended" and not decision["amendment_confirmed_on"]
    return Shown("decisions/one.html", {
        "decision": decision, "measures": heads(visit.reader, decision["measures"]),
        "confirms": waits and visit.may("planner") and not decision["corrected_by"],
    })  # fmt: skip


def _new(visit: Visit) -> Form:
    office = visit.asked.get("kind") or not visit.may(*CLERK)
    return _by_office(visit) if office else _by_body(visit)


def _by_body(visit: Visit) -> Form:
    waiting = _waiting(visit)
    ticks = Field(
        name="measures", label=visit.say(N_("On which measures?")), kind="choices",
        options=waiting, value=_asked(visit), hint=visit.say(N_("These wait for a decision.")),
    )  # fmt: skip
    return Form(
        title=visit.say(N_("Record a decision")),
        lead=visit.say(N_("What it decides for a measure moves that measure on at once.")),
        button=visit.say(N_("Record the decision")),
        back="/decisions",
        fields=(
            *((ticks,) if waiting else ()),
            _further(visit, waiting),
            Field(name="paper", label=visit.say(N_("Number of the paper")), required=True,
                  most=100, value=visit.asked.get("paper"),
                  hint=visit.say(N_("As it is printed, such as 0482/2024."))),
            Field(name="body", label=visit.say(N_("Body")), kind="choice", required=True,
                  shown="select", options=choosing.of_bodies(visit),
                  value=visit.asked.get("body")),
            Field(name="on", label=visit.say(N_("Day of the sitting")), kind="day", required=True),
            Field(name="role", label=visit.say(N_("What was the body asked for?")), kind="choice",
                  shown="select", options=choosing.of_words(visit, "consultation", _ROLES),
                  empty=visit.say(N_("as the agenda says, else to decide"))),
            _result(visit),
            Field(name="changed_text", label=visit.say(N_("The text as it was changed")),
                  kind="prose", only_with=("result", "adopted_amended")),
            Field(name="votes", label=visit.say(N_("Votes")), most=40,
                  hint=visit.say(N_("Yes : no : abstentions : excused, such as 31:4:2."))),
        ),
    )  # fmt: skip


def _by_office(visit: Visit) -> Form:
    return Form(
        title=visit.say(N_("Record what an office decided")),
        lead=visit.say(N_("An order, a commitment or a contract: where no body decides.")),
        button=visit.say(N_("Record the decision")),
        back="/decisions",
        fields=(
            _further(visit, (), _asked(visit)),
            Field(name="kind", label=visit.say(N_("Kind")), kind="choice", required=True,
                  value="administrative",
                  options=choosing.of_words(visit, "decision_kind", OFFICES)),
            Field(name="document", label=visit.say(N_("Which document?")), required=True,
                  hint=visit.say(N_("Its name and number, as it is filed."))),
            Field(name="department", label=visit.say(N_("Who signed it?")), kind="choice",
                  required=True, shown="select", options=choosing.of_departments(visit)),
            Field(name="on", label=visit.say(N_("When?")), kind="day", required=True),
            _result(visit),
        ),
    )  # fmt: skip


def _result(visit: Visit) -> Field:
    return Field(
        name="result", label=visit.say(N_("Outcome")), kind="choice", required=True,
        shown="radios", options=choosing.of_words(visit, "outcome", _SHOWN),
    )  # fmt: skip


def _further(visit: Visit, waiting: tuple[Option, ...], asked: tuple[str, ...] = ()) -> Field:
    ticked = {each.value for each in waiting}
    left = [key for key in asked or _asked(visit) if key not in ticked]
    label = N_("Further measures") if waiting else N_("On which measures?")
    return Field(
        name="further", label=visit.say(label), value=", ".join(left), most=1000,
        hint=visit.say(N_("Their keys, such as M-2026-014, parted by commas.")),
    )  # fmt: skip


def _asked(visit: Visit) -> tuple[str, ...]:
    return choosing.keys_in(visit.asked.get("measure"))


def _waiting(visit: Visit) -> tuple[Option, ...]:
    """Offer the measures that wait for a decision, as long as they fit a form.

    What was ticked stays an answer, though it may wait no longer when it comes a second time.
    """
    found = measures.listed(
        visit.reader, Filters(state="proposed"), today=visit.day, sight=visit.sight,
        page=Part(limit=WAITING + 1),
    )  # fmt: skip
    named = tuple(Option(each.key, choosing.beside(each.key, each.title)) for each in found)
    if len(named) > WAITING:
        return ()
    known = {each.value for each in named}
    ticked = (visit.typed or {}).get("measures", ())
    return (*named, *(Option(key, key) for key in dict.fromkeys(ticked) if key not in known))


def _record(visit: Visit, said: dict[str, Any]) -> Gone:
    told = {name: value for name, value in said.items() if value}
    further = choosing.keys_in(told.pop("further", ""))
    _insist_on_known(visit, further)
    keys = (*told.pop("measures", ()), *further)
    if "votes" in told:
        told["votes"] = _votes(told["votes"])
    if told["result"] != "adopted_amended":
        told.pop("changed_text", None)
    record = decisions.add(visit.unit, measures=tuple(dict.fromkeys(keys)), **told)
    return _followed(
        visit, record.ref, N_("{key} is recorded."), N_("{key} is recorded. Moved on: {moved}.")
    )


def _insist_on_known(visit: Visit, keys: Iterable[str]) -> None:
    """Say at its field which of the keys typed there nobody knows."""
    unknown = []
    for key in keys:
        try:
            lookup.measure(visit.unit, key)
        except NotFound:
            unknown.append(key)
    if unknown:
        says = N_("There is no such measure: {keys}.")
        told = {"keys": ", ".join(unknown)}
        raise invalid([Fault("further", "not_found", says, told)])


TOLD: Final = 3  # measures of which it is told in full why they stay


def _followed(visit: Visit, key: str, bare: str, more: str) -> Gone:
    """Go to the decision and tell which measures it moved on, and why others stay."""
    found = outcomes.follow(visit.unit, key)
    moved = ", ".join(each.ref for each in found.moved)
    said = visit.say(more, key=key, moved=moved) if moved else visit.say(bare, key=key)
    sentences = [said, *(_stays(visit, each) for each in found.stayed[:TOLD])]
    if (left := len(found.stayed) - TOLD) > 0:
        sentences.append(visit.tongue.plural(
            "{n} more measure stays where it is.", "{n} more measures stay where they are.", left
        ))  # fmt: skip
    return Gone(link("decisions", key), "{said}", {"said": " ".join(sentences)})


def _stays(visit: Visit, held: outcomes.Stayed) -> str:
    why = " ".join(
        f"{words.guard_says(each.guard, visit.lang, each.values)}"
        f" ({words.guard_who(each.who, visit.lang, each.values)}:"
        f" {words.guard_task(each.guard, visit.lang, each.values)})"
        for each in held.reasons[:TOLD]
    )
    if not why:
        return visit.say(N_("{key} stays where it is."), key=held.key)
    return visit.say(N_("{key} stays where it is: {why}"), key=held.key, why=why)


def _votes(text: str) -> tuple[int | None, ...]:
    """Read votes as minutes print them: 31:4:2, or 31 / 4 / 2."""
    parts = [part.strip() for part in text.replace("/", ":").replace(",", ":").split(":")]
    if not all(part.isascii() and (part.isdecimal() or not part) for part in parts):
        says = N_("Write the votes as numbers with colons between them, such as 31:4:2.")
        raise invalid([Fault("votes", "unread", says)])
    return tuple(int(part[:5]) if part else None for part in parts)


def _confirmation(visit: Visit) -> Form:
    decision = visit.show("decision", visit.key)
    return Form(
        title=visit.say(N_("Confirm the changed text of {key}"), key=visit.key),
        lead=visit.say(N_("Confirm what the text says now, so that it counts.")),
        button=visit.say(N_("Confirm the text")),
        version=decision["version"],
        back=link("decisions", visit.key),
        fields=(
            Field(name="text", label=visit.say(N_("The text as it was changed")), kind="prose",
                  required=True, value=decision["changed_text"] or decision["text"] or None,
                  also=("changed_text",)),
        ),
    )  # fmt: skip


def _confirm(visit: Visit, said: dict[str, Any]) -> Gone:
    decisions.confirm(visit.unit, visit.key, said["text"])
    return _followed(
        visit, visit.key,
        N_("The text is confirmed."), N_("The text is confirmed. Moved on: {moved}."),
    )  # fmt: skip


PAGES = (
    Page(path="/decisions", name="decisions", show=_list, title=N_("Decisions")),
    Page(path="/decisions/new", name="decision_new", rights=RECORDERS, form=_new, act=_record),
    Page(path="/decisions/{key}", name="decision", noun="decision", show=_one),
    Page(path="/decisions/{key}/confirmation", name="decision_confirmation",
         rights=frozenset({"planner"}), noun="decision", form=_confirmation, act=_confirm),
)  # fmt: skip
