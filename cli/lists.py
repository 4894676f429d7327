"""Lists: the filters that were named, and rows in the format that was asked for."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cycle.errors import Forbidden
from cycle.i18n import N_

if TYPE_CHECKING:
    from cli.desk import Desk
    from cycle.reading.door import Reader
    from cycle.reading.filters import Filters

Listed = Callable[..., Sequence[Any]]
_FILTERS = ("cycle", "department", "area", "field", "state", "goal", "prevention")


def filters_of(desk: "Desk", reader: "Reader", args: Namespace) -> "Filters":
    """Give the filters of the command line; `--mine` are the departments of the account."""
    from cycle.reading.filters import Filters

    named = {name: getattr(args, name) for name in _FILTERS}
    late = desk.today(reader) if args.late else None
    return Filters(**named, late=late, mine=_mine(desk, reader) if args.mine else None)


def in_sight(desk: "Desk", reader: "Reader", args: Namespace) -> "Filters":
    """Give the filters of the command line, without the drafts the account does not see."""
    return replace(filters_of(desk, reader, args), drafts_of=desk.sight(reader).drafts_of)


def _mine(desk: "Desk", reader: "Reader") -> tuple[str, ...]:
    from cycle.reading.accounts import actor

    found = actor(reader, desk.settings.actor)
    if found is None:
        raise Forbidden(
            N_("The account {name} is not known here or is disabled."),
            code="account_unknown",
            fix=N_("`cycle account list` shows who may act; name one with --actor."),
            name=desk.settings.actor,
        )
    return found.departments


def lists(
    module: str,
    noun: str,
    columns: str,
    *filters: str,
    guarded: bool = False,
    sighted: bool = False,
) -> Any:  # noqa: ANN401 - one form for every noun
    """Make the command that lists a noun: the reading room's `listed` with these filters.

    A guarded one tells what is published only; a sighted one names no measure out of sight.
    """

    def run(desk: "Desk", args: Namespace) -> None:
        from importlib import import_module

        listed: Listed = import_module(f"cycle.reading.{module}").listed
        named = {name: getattr(args, name) for name in filters}
        with desk.reading() as reader:
            more: dict[str, Any] = {}
            if guarded or sighted:
                more["sees_internal"] = desk.sees_internal(reader)
            if sighted:
                more["sight"] = desk.sight(reader)
            found = listed(reader, **{k: v for k, v in named.items() if v is not None}, **more)
        put_rows(desk, noun, found, columns)

    return run


def put_rows(desk: "Desk", noun: str, rows: Sequence[Any], columns: str) -> None:
    """Write rows; a person sees these columns, a program all of them."""
    from cli.show.rows import put

    put(desk, noun, rows, columns.split())
