"""Leading a round: into its next stage, back to an earlier one, or to an early end."""

from typing import Any, Final

from api.web.choosing import of_rounds
from api.web.forms import Field, Form, Option
from api.web.frame import Gone, Page, Shown, Visit, link
from api.web.settling import held_at, linked
from api.web.stored import Stored
from cycle.errors import Forbidden, NotFound
from cycle.i18n import N_
from cycle.machine import words
from cycle.machine.cycles import ROUNDS
from cycle.reading import cycles as reading
from cycle.reading.shapes import Json
from cycle.usecases import cycles

SUPPLIED: Final = frozenset({"decision_missing", "reason_missing", "measure_open"})  # by the form
LEADS: Final = frozenset({"planner", "steering"})
_SAYS: Final = {
    "advance": N_("{key} is in its next stage."),
    "reopen": N_("{key} is back in an earlier stage."),
    "abandon": N_("{key} has ended early."),
}


def waits(key: str, offer: Json) -> list[Json]:
    """Give what a move lacks but for what its own page asks, each with where it is listed."""
    lacks = [each for each in offer["blocked_by"] if each["guard"] not in SUPPLIED]
    return [
        {**each, "says": linked(each["says"]), "href": held_at(each["guard"], key)}
        for each in lacks
    ]


def roles(name: str, to: str) -> frozenset[str]:
    """Give the roles that may make a move of a round."""
    found = [t.roles for t in ROUNDS.transitions if t.name == name and t.to == to]
    return frozenset().union(*found)


def _offers(visit: Visit) -> list[Json]:
    """Give what this move offers from where the round stands; NotFound where it is none."""
    name = visit.path["name"]
    found = _round(visit)
    offers = [each for each in found["offers"] if each["name"] == name]
    if not offers:
        says = N_("“{move}” is not possible for {key} where it stands now.")
        move = words.name("round_move", name, visit.lang) if name in _SAYS else name
        raise NotFound(says, move=move, key=found["key"])
    may = roles(name, offers[0]["to"])
    if not visit.may(*may):
        says = N_("This step is for: {roles}.")
        named = [words.name("role", each, visit.lang) for each in sorted(may)]
        raise Forbidden(says, code="page_forbidden", roles=", ".join(named))
    return offers


def _round(visit: Visit) -> Json:
    key = visit.find("round")
    return reading.show(visit.reader, key, visit.day, visit.lang)


def _form(visit: Visit) -> Form:
    name, found = visit.path["name"], _round(visit)
    return Form(
        title=words.name("round_move", name, visit.lang) if name in _SAYS else name,
        button=words.name("round_move", name, visit.lang) if name in _SAYS else "",
        lead=Stored(f"{found['key']} {found['title']}"),
        version=found["version"],
        back=link("cycles", found["key"]),
        danger=name == "abandon",
        fields=tuple(_fields(visit, name, found)),
    )


def _fields(visit: Visit, name: str, found: Json) -> list[Field]:
    asked = []
    if name == "reopen":
        stages = [each["to"] for each in found["offers"] if each["name"] == name]
        asked.append(Field(
            name="stage", label=visit.say(N_("Back to which stage?")), kind="choice", required=True,
            options=tuple(Option(s, words.name("stage", s, visit.lang)) for s in stages),
        ))  # fmt: skip
    if name == "abandon" or (name == "advance" and found["stage"] == "goal"):
        asked.append(Field(
            name="decision", label=visit.say(N_("Decision")), most=20,
            hint=visit.say(N_("Its key, such as D-2026-007; the list of decisions shows it.")),
        ))  # fmt: skip
    if name == "abandon":
        others = tuple(o for o in of_rounds(visit, open_only=True) if o.value != found["key"])
        asked.append(Field(
            name="move_to", label=visit.say(N_("What becomes of its open measures?")),
            kind="choice", options=others, shown="select",
            empty=visit.say(N_("They are cancelled")),
        ))  # fmt: skip
    required = name != "advance"
    asked.append(
        Field(name="reason", label=visit.say(N_("Reason")), kind="prose", required=required)
    )
    return asked


def _show(visit: Visit) -> Shown:
    offers = _offers(visit)
    found = waits(visit.find("round"), offers[0])
    return Shown("cycles/move.html", {"waits": found, "offer": offers[0]})


def _act(visit: Visit, typed: dict[str, Any]) -> Gone:
    name = visit.path["name"]
    given = {word: value for word, value in typed.items() if value is not None}
    getattr(cycles, name if name in _SAYS else "advance")(visit.unit, visit.key, **given)
    return Gone(link("cycles", visit.key), _SAYS[name], {"key": visit.key})


def _new_form(visit: Visit) -> Form:
    before = visit.asked.get("predecessor", "")
    rounds = of_rounds(visit)
    return Form(
        title=words.name("round_move", "open", visit.lang),
        button=words.name("round_move", "open", visit.lang),
        lead=visit.say(N_("Its first report begins with it, and takes in what is owed.")),
        back="/cycles",
        fields=(
            Field(name="title", label=visit.say(N_("Title")), required=True),
            Field(name="start", label=visit.say(N_("It begins on")), kind="day", required=True,
                  value=visit.day),
            Field(name="end", label=visit.say(N_("It ends on")), kind="day"),
            Field(name="predecessor", label=visit.say(N_("It follows")), kind="choice",
                  options=rounds, shown="select",
                  value=before if before in {o.value for o in rounds} else None,
                  empty=visit.say(N_("the last round of the same fields"))),
        ),
    )  # fmt: skip


def _open(visit: Visit, typed: dict[str, Any]) -> Gone:
    record = cycles.open_round(visit.unit, **typed)
    return Gone(link("cycles", record.ref), N_("{key} is open."), {"key": record.ref})


PAGES = (
    Page(path="/cycles/new", name="cycle_new", rights=frozenset({"planner"}), form=_new_form,
         act=_open, title=N_("Open a round")),
    Page(path="/cycles/{key}/moves/{name}", name="cycle_move", rights=LEADS, noun="round",
         form=_form, show=_show, act=_act, title=N_("Lead the round")),
)  # fmt: skip
