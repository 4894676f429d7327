"""The command that shows one record, of whatever noun."""

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.desk import Desk


def put_record(noun: str) -> Callable[["Desk", Namespace], None]:
    """Make the command that shows one record of a noun."""

    def show(desk: "Desk", args: Namespace) -> None:
        from cli.deeds import from_input
        from cli.show.sheets import put
        from cycle.reading.records import record

        key = from_input() if args.key == "-" else args.key
        with desk.reading() as reader:
            found = record(
                reader, noun, key, today=desk.today(reader), lang=desk.tongue.lang,
                internal=desk.sees_internal(reader), sight=desk.sight(reader),
            )  # fmt: skip
        put(desk, noun, found)

    return show
