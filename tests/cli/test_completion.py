import os
import subprocess
import sys

import pytest

from tests.cli.calls import Cycle
from tests.house.catalogue import ROOT


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(nowhere: Cycle, shell: str) -> None:
    assert "cycle" in nowhere.done("completion", shell)


def test_a_shell_nobody_knows_is_refused(nowhere: Cycle) -> None:
    assert nowhere("completion", "cmd").code == 2


def _completes(line: str, tmp: str) -> set[str]:
    """Ask as a shell asks: the words come back through a file that is descriptor 8."""
    environ = {
        **os.environ, "_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_STDOUT_FILENAME": tmp,
    }  # fmt: skip
    code = "import sys; sys.argv[0] = 'cycle'; from cli.main import main; main()"
    subprocess.run([sys.executable, "-c", code], env=environ, cwd=ROOT, check=True)
    with open(tmp, encoding="utf-8") as answer:  # noqa: PTH123 - as the shell reads it
        return {word.strip() for word in answer.read().split("\n")}


def test_words_of_every_level_are_completed(tmp_path: object) -> None:
    tmp = f"{tmp_path}/answer"
    assert {"measure", "milestone"} <= _completes("cycle m", tmp)
    assert {"send-back", "suspend"} <= _completes("cycle measure s", tmp)
    assert "--disposition" in _completes("cycle measure report-back M-1 --d", tmp)
    assert "budget_freeze" in _completes("cycle measure suspend M-1 --code b", tmp)
