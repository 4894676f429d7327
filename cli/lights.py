"""`cycle measure light`: set one of the three lights by hand, or lift what was set."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from cli import choices
from cli.deeds import perform, said
from cli.desk import Desk
from cli.flags import MEASURE, REASON_ASKED, required
from cli.frame import Verb, one_of, switch
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit


def _light(desk: Desk, args: Namespace) -> None:
    def deed(unit: "Unit", key: str, *, lift: bool = False, **words: Any) -> Any:  # noqa: ANN401 - the use case's own
        from cycle.usecases import overrides

        if lift:
            return overrides.lift_light(unit, key, words["light"])
        return overrides.set_light(unit, key, **words)

    perform(desk, deed, "measure", said(args))


VERBS = (
    Verb(
        "light", N_("set one of its lights by hand for a time, with the reason"), _light,
        (
            MEASURE,
            required(one_of("--light", choices.LIGHTS, N_("delivery, effect or data"))),
            one_of("--colour", choices.COLOURS, N_("green, yellow, red or grey"), default=""),
            REASON_ASKED,
            switch("--lift", N_("lift it again; the computed light is left")),
        ),
    ),
)  # fmt: skip
