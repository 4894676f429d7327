"""What is overdue goes on to a superior, to steering or to a body, as the planner lets it."""

from typing import Any

from pydantic import Field

from api.desk import Call
from api.frame import Made, Route
from api.parts import said
from api.shapes.base import In, Prose, Word, unsaid, word
from cycle.model.duties import Release
from cycle.model.words import RELEASES
from cycle.reading.shapes import plain
from cycle.usecases import releases

HERE = "/v1/overdue/{rule}/{key}"
PLANNER = frozenset({"planner"})
_TOLD = ("rule", "noun", "about", "level", "released_on", "note", "noted_on")


class ReleaseIn(In):
    """How far it goes."""

    level: str = word(RELEASES)
    about: Word = unsaid("Which one, where the record has several of the rule.")
    body: Word | None = Field(None, description="Its short name; else the one that decided.")
    note: Prose | None = None


class NotedIn(In):
    """That those who were told know it is done."""

    about: Word = unsaid("Which one; else all that is done.")


def _release(call: Call) -> Made:
    let = releases.release(call.unit, call.path["rule"], call.key, **said(call))
    where = {"Location": "/v1/overdue"}
    return Made("", "", 201, shown=_shown(call, let), headers=where)


def _note(call: Call) -> Made:
    done = releases.note_done(call.unit, call.path["rule"], call.key, **said(call))
    return Made("", "", shown=[_shown(call, each) for each in done])


def _shown(call: Call, let: Release) -> dict[str, Any]:
    return {"key": call.key} | {name: plain(getattr(let, name)) for name in _TOLD}


ROUTES = (
    Route(
        method="POST", path=f"{HERE}/releases", name="release_overdue",
        says="Let what is overdue go on to a superior, to steering or to a body",
        tells="`rule` is one of O1 to O19, `key` that of the record, as `GET /v1/overdue` tells.",
        rights=PLANNER, run=_release, body=ReleaseIn, status=201, answer=dict[str, Any],
    ),
    Route(
        method="POST", path=f"{HERE}/notes", name="note_settled",
        says="Note that those who were told know it is done", rights=PLANNER, run=_note,
        body=NotedIn, answer=list[dict[str, Any]],
    ),
)  # fmt: skip
