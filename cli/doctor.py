"""`cycle doctor`: whether all is well with the store and around it, and what mends what is not."""

from argparse import Namespace
from typing import TYPE_CHECKING

from cli.frame import Verb, switch
from cycle.i18n import N_

if TYPE_CHECKING:
    from cli.checkup import Finding
    from cli.desk import Desk

SIGNS = {"ok": "✓", "note": "!", "fault": "✗"}
ASCII = {"ok": "+", "note": "!", "fault": "X"}
WORDS = {"ok": N_("fine"), "note": N_("note"), "fault": N_("fault")}
NAMES = {
    "configuration": N_("settings"), "store": N_("store"), "revision": N_("revision"),
    "integrity": N_("file"), "counts": N_("counts"), "journal": N_("journal"),
    "clock": N_("clock"), "permissions": N_("rights"), "disk": N_("disk"),
    "outbox": N_("webhooks"), "accounts": N_("accounts"), "tokens": N_("tokens"),
    "parts": N_("parts"),
}  # fmt: skip


def _doctor(desk: "Desk", args: Namespace) -> int:
    from cli.checkup import examined
    from cli.show.bars import bar

    with bar(desk, N_("Looking at the store")) as tick:
        found = examined(desk, args, tick)
    if desk.format in (None, "table"):
        for each in found:
            _line(desk, each)
        _end(desk, found)
    else:
        from cli.lists import put_rows

        put_rows(desk, "check", found, "check result says fix")
    return 1 if any(each.result == "fault" for each in found) else 0


def _line(desk: "Desk", each: "Finding") -> None:
    from cli.show.tables import prose

    sign = (ASCII if desk.look.ascii else SIGNS)[each.result]
    names = [desk.say(name) for name in NAMES.values()]
    states = [desk.say(word) for word in WORDS.values()]
    start = f"{sign} {desk.say(WORDS[each.result]):{max(map(len, states))}}  "
    start += f"{desk.say(NAMES[each.check]):{max(map(len, names))}}  "
    room = max(desk.look.width - len(start), 20)
    lines = prose(each.says, room).split("\n")
    if each.fix:
        lines += prose(f"→ {each.fix}", room).split("\n")
    desk.put(("\n" + " " * len(start)).join([start + lines[0], *lines[1:]]))


def _end(desk: "Desk", found: "list[Finding]") -> None:
    counted = [sum(each.result == kind for each in found) for kind in ("fault", "note")]
    if any(counted):
        desk.tell(N_("Faults: {faults}, notes: {notes}."), faults=counted[0], notes=counted[1])
    else:
        desk.tell(N_("All is well."))


VERBS = (
    Verb(
        "", N_("look at the store and around it, and tell what mends what is wrong"), _doctor,
        (switch("--quick", N_("leave out what takes long on a large store")),),
        mends=True,
    ),
)  # fmt: skip
