"""How a receiver knows that a delivery is ours and whole: Standard Webhooks, HMAC-SHA256."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Final

PREFIX: Final = "whsec_"


def headers(id_: str, at: datetime, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """Give the headers of a delivery; while a secret is replaced, both of them sign."""
    moment = str(int(at.timestamp()))
    signed = b".".join((id_.encode(), moment.encode(), body))
    return {
        "webhook-id": id_,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(_signature(secret, signed) for secret in secrets),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return "v1," + b64encode(hmac.new(key, signed, sha256).digest()).decode()
