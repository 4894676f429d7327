"""To write a record anew in one's own editor: every field with its meaning, nothing typed lost."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cli.desk import Desk
from cli.frame import Arg
from cli.keys import known, one, whole
from cli.sheets import Field, Form, with_faults
from cycle.errors import Conflict, Invalid, KreislaufError, NotFound, Refused
from cycle.i18n import N_

if TYPE_CHECKING:
    from cycle.store.unit import Unit

Use = Callable[..., object]
ADDED: Final = {  # lists that can only be added to
    "measure": frozenset({"side_goals"}),
    "goal": frozenset({"findings", "fields", "areas"}),
    "finding": frozenset({"areas", "fields"}),
}
NEEDED: Final = {  # what cannot be left empty once it is there
    "measure": frozenset({"title", "binding", "priority", "lead", "goal"}),
    "goal": frozenset({"text", "level"}),
    "finding": frozenset({"text", "kind", "severity"}),
}
_EDITORS: Final = ("sensible-editor", "nano", "vi")


@dataclass(frozen=True, slots=True)
class _Opened:
    """A record as it was when the editor opened."""

    key: str
    version: int
    form: Form


def edit(desk: Desk, noun: str, typed: str, args: tuple[Arg, ...], function: Use) -> str | None:
    """Let a person write a record anew; give its key, None where nothing was changed."""
    opened = _open(desk, noun, one(typed), args)
    editor, path = _editor(), _file(opened.key)
    first = opened.form.text(desk.tongue, opened.version)
    path.write_text(first, encoding="utf-8")
    try:
        changed = _until_right(desk, noun, opened, function, [*editor, str(path)])
    except BaseException:
        if _unwritten(path, first):
            path.unlink(missing_ok=True)
        else:
            desk.tell(N_("What you wrote is kept in {path}."), path=path)
        raise
    path.unlink(missing_ok=True)
    return opened.key if changed else None


def _unwritten(path: Path, first: str) -> bool:
    """Tell whether nothing was written that would be lost."""
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    return text.strip() in ("", first.strip())


def _until_right(desk: Desk, noun: str, opened: _Opened, function: Use, command: list[str]) -> bool:
    """Open the editor again and again until what is written can be stored."""
    path = Path(command[-1])
    before = ""
    while True:
        text = _written(command, path)
        words, faults = opened.form.read(text, desk.tongue)
        if not words and not faults:
            return False
        error = _stored(desk, noun, opened, function, words, keep=not faults)
        if error is None and not faults:
            return True
        faults += opened.form.faults(error, desk.tongue) if error else []
        if text == before:  # the person gives up, or an editor without hands
            raise error or Invalid(
                N_("It cannot be stored as it is written: {told}"),
                fix=N_("Mend it and try again."),
                told=" · ".join(each.says for each in faults),
            )
        before = with_faults(text, faults, desk.tongue)
        path.write_text(before, encoding="utf-8")


def _open(desk: Desk, noun: str, typed: str, args: tuple[Arg, ...]) -> _Opened:
    def deed(unit: "Unit") -> _Opened:
        from cycle.usecases.written import written

        key = known(unit, noun, typed)
        version, values = written(unit, noun, key)
        fields = tuple(
            Field(each, values.get(each.dest), each.dest in ADDED[noun], each.dest in NEEDED[noun])
            for each in args
            if each.dest in values or each.dest == "reason"
        )
        return _Opened(key, version, Form(key, fields))

    return desk.perform(deed)


class _Tried(Exception):
    """Ends a transaction that is not to be kept."""


def _stored(
    desk: Desk,
    noun: str,
    opened: _Opened,
    function: Use,
    words: Mapping[str, Any],
    *,
    keep: bool,
) -> KreislaufError | None:
    """Write what was changed as one deed, or only try it; give what can be mended of it.

    The record must be as it was on opening; what cannot be mended here is raised.
    """

    def deed(unit: "Unit") -> None:
        from cycle.usecases import lookup

        lookup.expect(getattr(lookup, noun)(unit, opened.key), opened.version)
        function(unit, opened.key, **whole(unit, noun, words))
        if not keep:
            raise _Tried

    try:
        desk.perform(deed)
    except _Tried:
        return None
    except (Invalid, NotFound, Refused, Conflict) as wrong:
        _insist_same(desk, noun, opened, wrong)
        return wrong
    return None


def _insist_same(desk: Desk, noun: str, opened: _Opened, wrong: KreislaufError) -> None:
    """Where the record has changed meanwhile, tell what changed and give up."""
    if not isinstance(wrong, Conflict) or wrong.code != "stale":
        return
    now = _open(desk, noun, opened.key, tuple(each.arg for each in opened.form.fields)).form
    for was, is_ in zip(opened.form.fields, now.fields, strict=True):
        before, after = was.shown(desk.tongue), is_.shown(desk.tongue)
        if before != after:
            desk.tell(N_("{name}: {before} → {after}"), name=was.name, before=before or "…",
                      after=after or "…")  # fmt: skip
    raise wrong


def _written(command: list[str], path: Path) -> str:
    """Let the person write; Invalid where the editor gave up or nothing is left."""
    try:
        ended = subprocess.run(command, check=False).returncode  # noqa: S603 - the person's own editor
    except OSError:
        raise _no_editor(command[0]) from None
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    if ended or not text.strip():
        raise Invalid(
            N_("The editor was left without a text; nothing was changed."),
            fix=N_("Save and close it to store what you write."),
        )
    return text


def _editor() -> list[str]:
    """Give the editor's command; Invalid where there is none."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    words = shlex.split(named) if named else []
    found = words or [each for each in _EDITORS if shutil.which(each)][:1]
    if not found:
        raise _no_editor("EDITOR")
    return found


def _no_editor(name: str) -> Invalid:
    return Invalid(
        N_("The editor {name} cannot be started."),
        fix=N_("Set EDITOR to one that is there, such as `export EDITOR=nano`, or use the flags."),
        name=name,
    )


def _file(key: str) -> Path:
    """Make a file only its owner can read, where it survives a restart."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    folder = Path(state) / "kreislauf"
    folder.mkdir(parents=True, exist_ok=True)
    made, name = tempfile.mkstemp(prefix=f"{key}-", suffix=".txt", dir=folder)
    os.close(made)
    return Path(name)
