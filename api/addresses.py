"""Addresses of records, and the answer to a call that made one."""

from typing import Any
from urllib.parse import quote

from api.frame import Made


def address(nouns: str, key: str) -> str:
    """Give the address of a record; `~` stands for the `/` of its key."""
    return f"/v1/{nouns}/{quote(key.replace('/', '~'), safe='~')}"


def new(nouns: str, noun: str, key: str, **more: Any) -> Made:  # noqa: ANN401 - the words of `Made`
    """Answer that a record was made, and where it is."""
    return Made(noun, key, 201, headers={"Location": address(nouns, key)}, **more)
