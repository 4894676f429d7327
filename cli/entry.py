"""The installed command: a press of TAB is answered before the command line itself is loaded."""

import gc
import os
import sys

ASKS = "_CYCLE_COMPLETE"  # names the shell that asks


def main() -> int:
    """Answer the shell, or run the command."""
    if shell := os.environ.get(ASKS):
        _answer(shell)
    gc.disable()  # what loading makes stays: to look through it for waste takes 3 ms
    from cli.main import main as command

    gc.enable()
    try:
        return command()
    finally:
        gc.freeze()  # nor is anything looked for at the end, which takes 7 ms; it all ends now


def _answer(shell: str) -> None:
    """Write what may come next and end at once: tidying up would take a sixth of the time.

    Whatever goes wrong, nothing is offered and nothing told: somebody is typing.
    """
    try:
        gc.disable()
        from cli.tab.answers import answer

        told = answer(shell, sys.argv[1:])
        sys.stdout.buffer.write(told.encode(sys.stdout.encoding, "replace"))
        sys.stdout.flush()
    finally:
        os._exit(0)
