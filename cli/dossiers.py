"""`cycle measure dossier`: what became different since it went to the committees."""

from argparse import Namespace
from typing import Any

from cli.deeds import from_input
from cli.desk import Desk
from cli.flags import MEASURE
from cli.frame import Verb, arg
from cli.values import whole
from cycle.i18n import N_


def _show(desk: Desk, args: Namespace) -> None:
    from cli.show.sheets import put
    from cycle.reading import dossiers

    key = from_input() if args.key == "-" else args.key
    with desk.reading() as reader:
        internal = desk.sees_internal(reader)
        found = dossiers.changed(reader, key, no=args.no, sees_internal=internal)
    if desk.format not in ("json", "ndjson"):
        found["changes"] = [_spoken(desk, each) for each in found["changes"]]
        if not found["changes"]:
            desk.tell(N_("Nothing differs from what was frozen."))
    put(desk, "measure", found)


def _spoken(desk: Desk, change: dict[str, Any]) -> dict[str, Any]:
    """Write a change as people read it: names instead of codes, money in euros."""
    from cli.show.labels import head, spoken
    from cycle.machine import words

    name, lang = change["name"], desk.tongue.lang
    noun = change["part"].removesuffix("s")
    which = change["which"]
    if noun == "consequence":
        which = words.name("consequence", which, lang)
    kind = "consequence_state" if (noun, name) == ("consequence", "state") else None
    said = {
        when: words.name(kind, change[when], lang)
        if kind and change[when]
        else spoken(noun, name, change[when], desk.tongue)
        for when in ("before", "now")
    }
    return {
        "part": head(change["part"], desk.tongue), "which": which,
        "name": head(name, desk.tongue), **said,
    }  # fmt: skip


VERB = Verb(
    "dossier", N_("tell what became different since it went to the committees"), _show,
    (MEASURE, arg("--no", N_("the one frozen then, by its number"), whole, metavar="N")),
)  # fmt: skip
