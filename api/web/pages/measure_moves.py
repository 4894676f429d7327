"""The moves of a measure: what each asks, and in full sentences why one is not open yet."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from api.parts import insist_in_sight
from api.web import choosing
from api.web.forms import Field, Form, Option
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.measure_page import insist_inside, reasons_of
from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.facts import Ask
from cycle.machine.measures import MEASURES
from cycle.machine.words.brings import brings
from cycle.model.words import CHOICES, CODES
from cycle.reading import decisions, duties
from cycle.reading.missing import missing
from cycle.reading.shapes import Json
from cycle.usecases import approvals

ALONE: Final = frozenset({"log", "supersede"})  # logged on a page of its own; merged at a terminal
MOVERS: Final = frozenset(role for t in MEASURES.transitions for role in t.roles)
NEEDED: Final = {  # what a move cannot do without, so that it is asked as such
    "send_back": ("reason",),
    "suspend": ("code",),
    "cancel": ("code",),
    "reopen": ("reason",),
    "take_over": ("state", "source", "source_date"),
}
_ENDING: Final = frozenset({"entered_in_error", "replaced", "no_need"})  # no cause to rest


def _move(visit: Visit) -> str:
    name = visit.path["move"]
    if name in ALONE or not any(t.name == name for t in MEASURES.transitions):
        raise NotFound(N_("There is no such page."))
    return name


def _roles(path: Mapping[str, str]) -> Collection[str]:
    """Give who may ever make the move of an address."""
    return {role for t in MEASURES.transitions if t.name == path["move"] for role in t.roles}


def _form(visit: Visit) -> Form:
    name, measure = _move(visit), visit.show("measure", visit.key)
    leaving = [each for each in MEASURES.leaving(measure["state"]) if each.name == name]
    if leaving:
        insist_inside(visit, measure, (role for each in leaving for role in each.roles))
    asked = dict.fromkeys(ask for each in leaving for ask in each.asks)
    return Form(
        title=words.name("move", name, visit.lang),
        button=words.name("move", name, visit.lang),
        lead=f"{measure['key']} {measure['title']}",
        fields=tuple(_ask(visit, measure, name, each) for each in _unknown(visit, name, asked)),
        version=measure["version"],
        back=link("measures", visit.key),
    )


def _unknown(visit: Visit, move: str, asked: Iterable[str]) -> Iterator[str]:
    """Leave out what is known already, or cannot be answered yet."""
    settled = move == "report_back" and _settled(visit)
    by_paper = _decided(visit)
    for name in asked:
        if settled and (name not in {"on", "decision"} or visit.may("steering")):
            continue  # what follows was decided, and is not asked again
        if name == "decision" and move in {"cancel", "report_back"} and not by_paper:
            continue
        yield name


def _settled(visit: Visit) -> duties.DispositionRow | None:
    return duties.disposition(visit.at(), visit.key, sees_internal=visit.sight.internal)


def _decided(visit: Visit) -> list[decisions.DecisionRow]:
    return decisions.listed(
        visit.at(), measure=visit.key, sees_internal=visit.sight.internal, sight=visit.sight
    )


def _ask(visit: Visit, measure: Json, move: str, name: str) -> Field:
    needed = name in NEEDED.get(move, ())
    return _FIELDS[name](visit, measure, needed)


def _day(label: str, name: str, *, today: bool = False) -> Callable[[Visit, Json, bool], Field]:
    def ask(visit: Visit, _measure: Json, needed: bool) -> Field:  # noqa: FBT001 - one form for all
        return Field(name=name, label=visit.say(label), kind="day", required=needed,
                     value=visit.day if today else None)  # fmt: skip

    return ask


def _text(label: str, name: str, kind: str = "prose") -> Callable[[Visit, Json, bool], Field]:
    def ask(visit: Visit, _measure: Json, needed: bool) -> Field:  # noqa: FBT001 - as above
        return Field(name=name, label=visit.say(label), kind=kind, required=needed)

    return ask


def _code(visit: Visit, _measure: Json, needed: bool) -> Field:  # noqa: FBT001 - as above
    codes = [c for c in CODES if visit.path["move"] == "cancel" or c not in _ENDING]
    return Field(name="code", label=visit.say(N_("For what cause?")), kind="choice",
                 shown="select", required=needed,
                 options=choosing.of_words(visit, "code", codes))  # fmt: skip


def _decision(visit: Visit, _measure: Json, needed: bool) -> Field:  # noqa: FBT001 - as above
    found = _decided(visit)
    offered = tuple(
        Option(d.key, f"{d.key}, {visit.tongue.date(d.decided_on)}, {d.body or ''}:"
                      f" {words.name('outcome', d.result, visit.lang)}")
        for d in reversed(found)
    )  # fmt: skip
    return Field(
        name="decision", label=visit.say(N_("Decision it rests on")), kind="choice",
        shown="select", required=needed, options=offered,
        value=offered[0].value if len(offered) == 1 else None,
        empty=visit.say(N_("the one that fits")) if offered else visit.say(N_("none recorded yet")),
        hint="" if offered else visit.say(
            N_("Record it first, under “Decisions”; then the measure moves by itself.")),
    )  # fmt: skip


def _state(visit: Visit, measure: Json, needed: bool) -> Field:  # noqa: FBT001 - as above
    targets = [t.to for t in MEASURES.leaving(measure["state"]) if t.name == "take_over"]
    return Field(name="state", label=visit.say(N_("Where does it stand?")), kind="choice",
                 required=needed, options=choosing.of_words(visit, "state", targets))  # fmt: skip


def _disposition(visit: Visit, _measure: Json, needed: bool) -> Field:  # noqa: FBT001 - as above
    return Field(name="disposition", label=visit.say(N_("What follows?")), kind="choice",
                 required=needed, options=choosing.of_words(visit, "disposition", CHOICES),
                 hint=visit.say(N_("Only where it was not decided before.")))  # fmt: skip


def _successor(visit: Visit, _measure: Json, needed: bool) -> Field:  # noqa: FBT001 - as above
    return Field(name="successor", label=visit.say(N_("What takes its place?")), required=needed,
                 hint=visit.say(N_("The key of that measure, where there is one.")))  # fmt: skip


_FIELDS: Final[dict[str, Callable[[Visit, Json, bool], Field]]] = {
    "reason": _text(N_("Reason"), "reason"),
    "code": _code,
    "on": _day(N_("When?"), "on", today=True),
    "review_on": _day(N_("Look at it again on"), "review_on"),
    "forecast_end": _day(N_("Likely end"), "forecast_end"),
    "start": _day(N_("Begun on"), "start"),
    "source": _text(N_("Where is that written?"), "source", "line"),
    "source_date": _day(N_("Of which day?"), "source_date"),
    "changes": _text(N_("What changes?"), "changes"),
    "decision": _decision,
    "state": _state,
    "disposition": _disposition,
    "successor": _successor,
}


def _show(visit: Visit) -> Shown:
    measure = visit.show("measure", visit.key)
    name = _move(visit)
    offer = next((o for o in measure["offers"] if o["name"] == name), None)
    blocked = [] if offer is None or any(
        o["allowed"] for o in measure["offers"] if o["name"] == name
    ) else offer["blocked_by"]  # fmt: skip
    told = visit.error and getattr(visit.error, "reasons", None)
    guards = [r.guard for r in told] if told else [b["guard"] for b in blocked]
    return Shown("measures/move.html", {
        "measure": measure, "move": name, "offer": offer,
        "reasons": reasons_of(visit, measure, guards, told or ()),
        "may": any(visit.may(*t.roles) for t in MEASURES.leaving(measure["state"])
                   if t.name == name),
        "brings": brings(name, visit.lang), "owed": _owed_after(visit, name) if offer else [],
    })  # fmt: skip


def _owed_after(visit: Visit, move: str) -> list[str]:
    """Give what is missing for a move and does not block it: it is noted to be supplied later."""
    lacks = missing(visit.at(), visit.key, today=visit.day, lang=visit.lang)
    return [each.says for each in lacks if each.step == move and not each.blocks]


def _act(visit: Visit, said: dict[str, Any]) -> Gone:
    name = _move(visit)
    given = {n: v for n, v in said.items() if v is not None}
    to = given.get("state")
    if "successor" in given:
        given["successor"] = choosing.keys_in(given["successor"])
        insist_in_sight(visit, "measure", *given["successor"])
    record = approvals.move(visit.unit, visit.key, name, Ask(**given), to=to)
    state = words.name("state", record.state, visit.lang)
    return Gone(link("measures", visit.key), N_("{key} is now: {state}."),
                {"key": record.ref, "state": state})  # fmt: skip


PAGES = (
    Page(path="/measures/{key}/moves/{move}", name="measure_move", noun="measure", form=_form,
         show=_show, act=_act, rights=MOVERS, narrowed=_roles),
)  # fmt: skip
