"""The text of a token, as a program shows it: how it is made and read, and what of it is kept.

    krs_ code _ secret checksum

`krs_` is what scanners for leaked secrets look for, the code finds the token in the store, the
secret is 32 random bytes in base 62, and the checksum (CRC-32 in base 62) tells a slip of the pen
before the store is asked. Only the SHA-256 of the secret is kept: it has 256 bits of chance, so
that a slow hash would protect nothing more.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final
from zlib import crc32

PREFIX: Final = "krs_"
_SIGNS: Final = digits + ascii_uppercase + ascii_lowercase
_CODE, _SECRET, _CHECK = 12, 43, 6  # signs of the code, of 32 bytes, of 32 bits
_BYTES: Final = 32
_FORM: Final = re.compile(
    rf"{PREFIX}([0-9A-Za-z]{{{_CODE}}})_([0-9A-Za-z]{{{_SECRET}}})([0-9A-Za-z]{{{_CHECK}}})"
)


@dataclass(frozen=True, slots=True)
class TokenText:
    """A token taken apart."""

    code: str  # names it; no secret
    secret: str = field(repr=False)

    @property
    def whole(self) -> str:
        """Put it together as the program is to show it."""
        shown = f"{PREFIX}{self.code}_{self.secret}"
        return shown + _checksum(shown)

    @property
    def hashed(self) -> str:
        """Give what the store keeps of the secret."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def fits(self, kept: str) -> bool:
        """Tell whether this is the token whose hash is kept, taking the same time for any."""
        return hmac.compare_digest(self.hashed, kept)


def mint() -> TokenText:
    """Make a new token by chance."""
    code = "".join(secrets.choice(_SIGNS) for _ in range(_CODE))
    return TokenText(code, _base62(int.from_bytes(secrets.token_bytes(_BYTES)), _SECRET))


def parse(text: str) -> TokenText | None:
    """Take a token apart; None for what is no token of ours or was copied wrongly."""
    found = _FORM.fullmatch(text)
    if found is None or _checksum(text[:-_CHECK]) != found[3]:
        return None
    return TokenText(found[1], found[2])


def _checksum(shown: str) -> str:
    return _base62(crc32(shown.encode()), _CHECK)


def _base62(number: int, length: int) -> str:
    signs = []
    for _ in range(length):
        number, rest = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[rest])
    return "".join(reversed(signs))
