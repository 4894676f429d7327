"""A page of a long list: from behind a key on, at most so many (keyset, never an offset)."""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is wanted; the list is in the order of its key."""

    after: str | None = None  # the last key of the page before
    limit: int | None = None  # rows, one more than shown tells whether more follow

    @property
    def given(self) -> bool:
        """Tell whether only a part is wanted."""
        return self.after is not None or self.limit is not None

    def narrow(self, column: str, where: str, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Add to a condition that a row stands behind the last page, and the values for it."""
        if self.after is not None:
            where, values = (
                f"{where} AND {column} > :page_after",
                values | {"page_after": self.after},
            )
        return where, values if self.limit is None else values | {"page_limit": self.limit}

    def cut(self, sql: str) -> str:
        """Add to a query that no more rows are wanted."""
        return sql if self.limit is None else f"{sql} LIMIT :page_limit"


ALL: Final = Page()
