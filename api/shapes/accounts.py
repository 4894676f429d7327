"""What is written of accounts, deputies and tokens, and asked of the journal."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.shapes.base import Day, Flag, In, Keys, Line, Paged, Whole, Word, unsaid, word
from cycle.model.words import ACCOUNT_KINDS, ROLES
from cycle.usecases.tokens import MOST_DAYS

Role = Annotated[str, StringConstraints(pattern=f"^({'|'.join(ROLES)})$")]
Roles = Annotated[list[Role], Field(max_length=len(ROLES))]


class AccountIn(In):
    """A login name that is no person's name, and what it may do."""

    name: Word
    roles: Roles = Field(min_length=1)
    departments: Keys = Field([], description="Codes of the departments it speaks for.")
    kind: str = word(ACCOUNT_KINDS, "person")


class AccountPatch(In):
    """What an account holds from now on; what is left out stays as it is."""

    roles: Roles = unsaid("All its roles.")
    departments: Keys = unsaid("Codes of all the departments it speaks for.")


class DeputyIn(In):
    """An account that acts for another one on these days."""

    account: Word = Field(description="Who stands in.")
    for_account: Word = Field(description="For whom.")
    from_day: Day
    to_day: Day


class DeputyEndIn(In):
    """Who acts for whom no longer."""

    account: Word = Field(description="Who stood in.")
    for_account: Word = Field(description="For whom.")


class TokenIn(In):
    """A key by which a program acts as an account, or as a service of the token's own name."""

    name: Word = Field(description="What the program is called.")
    roles: Roles = Field([], description="Only in these roles of the account.")
    departments: Keys = Field([], description="Only for these departments of the account.")
    account: Word | None = Field(None, description="The account it acts as.")
    expires: Day | None = Field(None, description="Its last day; else it ends in 90 days.")
    days: Annotated[Whole, Field(ge=1, le=MOST_DAYS)] | None = Field(
        None, description="In how many days it ends, in place of its last day."
    )
    read_only: Flag = Field(default=False, description="It may look, but change nothing.")

    @model_validator(mode="after")
    def _ends_once(self) -> "TokenIn":
        if self.expires and self.days:
            raise PydanticCustomError("ends_twice", "names two ends")
        return self


class Journal(Paged):
    """Which deeds are told."""

    key: Line | None = Field(None, description="Only of this record.")
    since: Day | None = Field(None, description="Only of this day and later.")
