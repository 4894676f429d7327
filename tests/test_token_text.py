import hashlib
import re

import pytest

from cycle import token_text
from cycle.token_text import TokenText, mint, parse

GOOD = TokenText("Ab3De6Gh9Jkm", "0123456789" * 4 + "xyz").whole


def test_a_token_reads_back_as_it_was_made() -> None:
    made = mint()
    assert parse(made.whole) == made
    assert re.fullmatch(r"krs_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}", made.whole)


def test_no_two_tokens_are_alike() -> None:
    made = [mint() for _ in range(500)]
    assert len({each.code for each in made}) == len({each.secret for each in made}) == 500


def test_the_text_stays_what_it_is_so_that_tokens_outlive_a_version() -> None:
    fixed = TokenText("A" * 12, "b" * 43)
    assert fixed.whole == f"krs_{'A' * 12}_{'b' * 43}1Tdg6Z"
    assert fixed.hashed == hashlib.sha256(b"b" * 43).hexdigest()


def test_the_secret_spans_all_of_its_32_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cycle.token_text.secrets.token_bytes", lambda count: b"\xff" * count)
    whole, signs = 0, token_text._SIGNS
    for sign in mint().secret:
        whole = whole * 62 + signs.index(sign)
    assert whole == 2**256 - 1


@pytest.mark.parametrize("place", range(len(GOOD)))
def test_one_sign_typed_wrongly_is_seen_without_the_store(place: int) -> None:
    other = "q" if GOOD[place] != "q" else "p"
    assert parse(GOOD) is not None
    assert parse(GOOD[:place] + other + GOOD[place + 1 :]) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "krs_", "Bearer", "krs__", "krs_" + "A" * 12, "x" * 100_000, "krs_\x00", "krs_ü",
        GOOD + "\n", " " + GOOD, GOOD.upper(), GOOD[:-1],
        GOOD.replace("krs_", "ghp_"), "krs_" + "²" * 12 + "_" + "٣" * 49,
    ],
)  # fmt: skip
def test_what_is_no_token_of_ours_is_none(text: str) -> None:
    assert parse(text) is None


def test_only_the_same_secret_fits_the_kept_hash() -> None:
    one, other = mint(), mint()
    assert one.fits(one.hashed)
    assert not one.fits(other.hashed)
    assert not one.fits("")


def test_a_token_taken_apart_does_not_show_its_secret() -> None:
    made = mint()
    assert made.secret not in repr(made)
    assert made.secret not in str(made)
    assert made.secret not in made.hashed
