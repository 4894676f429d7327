"""What every shape shares: nothing unknown comes in, every word is what it says it is."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

_ALLOWED = {"\n", "\t"}
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2999, 12, 31)


def _harmless(text: str) -> str:
    """Refuse signs that could steer a terminal or turn a line around."""
    for sign in text:
        if sign not in _ALLOWED and (sign in _BIDI or unicodedata.category(sign) in {"Cc", "Cs"}):
            raise PydanticCustomError("control_character", "holds control characters")
    return unicodedata.normalize("NFC", text)


def _as_written(day: object) -> object:
    """Read a day itself: pydantic would take a number of seconds for one."""
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day if _DAY.fullmatch(day) else "")
    except ValueError as wrong:
        raise PydanticCustomError("date_form", "is no day like 2026-11-22") from wrong


class _Number:
    """Takes a number of JSON for a decimal, and no text that looks like one."""

    def __get_pydantic_core_schema__(self, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic calls it so
        """Look at what comes before pydantic does."""
        return core_schema.no_info_before_validator_function(_exact, handler(kind))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe it as the number it is."""
        found: JsonSchemaValue = handler(schema)
        return next((each for each in found.get("anyOf", ()) if each["type"] == "number"), found)


def _exact(value: object) -> object:
    if isinstance(value, str):
        raise PydanticCustomError("decimal_type", "is no number")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return Decimal(repr(value)) if is_number else value


NUMBER: Final = _Number()  # stands last in what is written of a decimal
Line = Annotated[str, StringConstraints(max_length=300), AfterValidator(_harmless)]
Prose = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_harmless)]
Told = Annotated[  # what has to be said
    str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_harmless)
]
Word = Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_harmless)]
Url = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_harmless)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY), BeforeValidator(_as_written)]
Whole = Annotated[int, Strict(), Field(ge=-(2**63), le=2**63 - 1)]
Count = Annotated[int, Strict(), Field(ge=0, le=2**63 - 1)]
Cents = Annotated[int, Strict(), Field(ge=0, le=2**63 - 1)]
Flag = Annotated[bool, Strict()]
Keys = Annotated[list[Word], Field(max_length=500)]


def word(one_of: Iterable[str], default: Any = ..., says: str = "") -> Any:  # noqa: ANN401 - a field
    """One word of a closed list."""
    words = tuple(one_of)
    return Field(
        default,
        pattern=f"^({'|'.join(words)})$",
        description=says or None,
        json_schema_extra={"enum": list(words)},
    )


def unsaid(says: str = "", one_of: Iterable[str] = ()) -> Any:  # noqa: ANN401 - a field
    """Let a field of a change be left out, but not be null."""
    words = tuple(one_of)
    return Field(
        default_factory=lambda: None,
        pattern=f"^({'|'.join(words)})$" if words else None,
        description=says or None,
        json_schema_extra={"enum": list(words)} if words else None,
    )


class In(BaseModel):
    """What a caller writes; a field nobody knows is refused."""

    model_config = ConfigDict(
        extra="forbid", allow_inf_nan=False, str_strip_whitespace=True, strict=True
    )

    def words(self) -> dict[str, Any]:
        """Give what was said, by the names the use cases know; lists are tuples."""
        return {name: _frozen(value) for name, value in self.model_dump(exclude_unset=True).items()}


class Query(BaseModel):
    """What stands behind the question mark."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Past(Query):
    """A question that may be asked of an earlier day."""

    as_of: Day | None = Field(
        None, description="Answer as it was known at the end of this day.", examples=["2026-11-15"]
    )


class Paged(Query):
    """A question that is answered page by page."""

    limit: Annotated[int, Field(ge=1, le=200)] = Field(
        50, description="Rows of a page, at most 200."
    )
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        None, description="Where the page begins: taken from the link `next` of the page before."
    )


def _frozen(value: Any) -> Any:  # noqa: ANN401 - whatever was said
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
