"""The steps that are open, and what the others still lack."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cli.show.tables import wrap
from cycle.errors import NotFound
from cycle.i18n import N_
from cycle.machine import words

if TYPE_CHECKING:
    from cli.desk import Desk

Offer = Mapping[str, Any]


def put_offers(
    desk: "Desk", key: str, offers: Sequence[Offer], only: str | None, machine: str = "measure"
) -> None:
    """Write the steps of a record, or the one that is asked for."""
    if only:
        name = only.replace("-", "_")
        offers = [offer for offer in offers if offer["name"] == name]
        if not offers:
            raise NotFound(
                N_("The step {step} is not known in the present state of {key}."),
                fix=N_("`cycle {noun} can {key}` shows the steps there are."),
                step=only,
                key=key,
                noun=machine,
            )
    if desk.json:
        desk.put(json.dumps(list(offers), ensure_ascii=False, indent=1))
    else:
        desk.put(offers_text(desk, key, offers))


def offers_text(desk: "Desk", key: str, offers: Sequence[Offer]) -> str:
    """Write every step with its command, and beneath what it still lacks."""
    lines = [desk.say("Next steps")]
    kind, noun = ("round_move", "round") if key.startswith("Z-") else ("move", "measure")
    for offer in offers:
        step = str(offer["name"]).replace("_", "-")
        name = words.name(kind, offer["name"], desk.tongue.lang)
        sign = "✓" if offer["allowed"] else "–"
        lines.append(f"  {sign} {name}: `cycle {noun} {step} {key}`")
        for lack in offer["blocked_by"]:
            parts = wrap(f"{lack['says']} {lack['fix']}", desk.look.width - 6)
            lines += [f"      {part}" for part in parts]
    if not offers:
        lines.append(f"  {words.name('label', 'nothing', desk.tongue.lang)}")
    return "\n".join(lines)
