"""A desk that draws, without a store."""

from argparse import Namespace

from cli.desk import Desk
from cli.show.look import Look
from cycle import settings
from cycle.i18n import Tongue


def desk(lang: str = "en", width: int = 80, *, plain: bool = False, colour: bool = False) -> Desk:
    made = Desk(Namespace(), settings.read({}), Tongue(lang))
    made.look = Look(terminal=colour, colour=colour, width=width, ascii=plain)
    return made


def fits(text: str, width: int = 80) -> None:
    assert max(map(len, text.splitlines())) <= width
