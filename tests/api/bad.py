"""A catalogue of what may come in and must do no harm."""

import gzip
import json
from typing import Any

_NESTED: Any = "x"
for _ in range(100):
    _NESTED = [_NESTED]

TEXTS = [
    "\x00", "a\x00b", "\x07", "\x1b[31mred", "\x7f", "\x85", "\u202eabc", "\u2066x\u2069",
    "\u200f\u202b", "x" * 30_000, "ä" * 25_000, "a\x0bSet-Cookie: a=b", "\x0c", "\x1f",
    "a\u202ab", "\u2067", "\u2068", "\u202c", "\u202d", "\x01\x02\x03",
]  # fmt: skip
NUMBERS = [
    2**63, -(2**63) - 1, 2**70, 10**40, 10**400, -(10**40), 1.5, -0.5, 1e308, -1e308, 1e-320,
    0.1 + 0.2, 3.0000000001, -1.5, 2**64 + 0.5, 99.99, 12345.678, -99.5, 0.5, 7.25,
]  # fmt: skip
NESTS = [
    [], {}, [[]], [{}], {"": ""}, {"a": None}, [None], [[["x"]]], {"$ref": "#/x"}, _NESTED,
    {"__proto__": {}}, {"key": "M-2026-001"}, [1, 2], ["a", 1], {"a": {"b": {"c": {}}}},
    [True], [{"goal": []}], {"0": 0}, [{}] * 600, {str(n): n for n in range(300)},
]  # fmt: skip
ODD = [True, False, None]
RAW = [
    b"", b" ", b"{", b"}", b"[", b"]", b'"', b"{]", b"nul", b"None", b"undefined", b"NaN",
    b"Infinity", b"-Infinity", b'{"title": NaN}', b'{"title": 1e999}', b'{"a":1,"a":2}',
    b'{"a":{"b":1,"b":2}}', b'{"a":1,}', b"{'a':1}", b'{"a":"\\ud800"}', b'{"a":"\\udc00x"}',
    b'{"a":"\\x"}', b'{"a":01}', b'{"a":+1}', b'{"a":.5}', b'{"a":1.}', b'{"a":0x1}',
    b"\xff\xfe{}", b"\xef\xbb\xbf{}", b"\xc3\x28", b"\xed\xa0\x80", b'{"a":"\xc3"}', b"\x00",
    b'{"a":"\n"}', b'{"a":"\t"}', b"[" * 50_000, b'{"a":' * 50_000, b"9" * 5_000, b"-", b"1 2",
    b"{}{}", b'{"a":1}x', b"<a/>", b"a=b&c=d", b"--x\r\n", b"%PDF-1.7", b"PK\x03\x04",
    gzip.compress(b"{}"), gzip.compress(b"x" * 500_000), b"\x1f\x8b", b"//{}", b"/* */{}",
    b"true", b"false", b"null", b"0", b"1", b'"text"', b"[]", b"[{}]", b"[null]", b'["a"]',
    b"-0", b"1e5",
]  # fmt: skip


def values() -> list[Any]:
    """Give every value no field takes."""
    return [*TEXTS, *NUMBERS, *NESTS, *ODD]


def bodies(fitting: dict[str, Any]) -> list[bytes]:
    """Give bodies that do not fit a route whose smallest one is `fitting`."""
    found = list(RAW)
    wrong = [each for each in values() if each is not None]
    found += [_dumped({**fitting, "nobody_knows_this": each}) for each in wrong]
    found += [_dumped(each) for each in wrong if not isinstance(each, dict)]
    for name, value in fitting.items():
        found += [_dumped({**fitting, name: each}) for each in _unfit(value)]
    plenty = [_dumped({**fitting, f"unknown_{n}": n}) for n in range(400)]
    return found + plenty[: max(0, 300 - len(found))]


def _unfit(fitting: Any) -> list[Any]:  # noqa: ANN401 - JSON
    """Give what cannot stand where `fitting` stands, whatever text or number it may be."""
    kinds: list[Any] = [*NESTS] if not isinstance(fitting, (dict, list)) else [*NUMBERS]
    kinds += TEXTS
    if isinstance(fitting, str):
        kinds += [*NUMBERS, True, False]
    return kinds


PATHS = [
    "%00", "%01", "..", "%2e%2e", "%2f", "%5c", "a%00b", "%F0%9F%92%A9", "%ff", "%c3%28",
    "x" * 300, "x" * 3000, "'", "%22", "%27%20OR%201=1--", ";", "%3B", "M-2026-001%20", "%0d%0a",
    "%E2%80%AE", "~", "~~", "-", "*", "%25", "0", "-1", "null", "undefined", "NaN", "M-9999-999",
    "M-2026-99999999999999999999", "%7B%7D", "%5B%5D", "true", "%20", "%09", "1e9", "..%2f..%2f",
    "%C0%AE", "%uFFFF", "@last", "14", "M-14",
]  # fmt: skip
QUERIES = [
    "x=1", "limit=1&limit=2", "as_of=morgen", "as_of=9999-99-99", "cursor=%00", "%00=1", "=", "a=",
    "dry_run=vielleicht", "atomic=2", "limit=-1", "limit=1e9", "as_of=2026-02-30", "q[]=1",
    "state=nonsense", "department=%00", "%ff=%ff", "limit=NaN", "as_of=0001-01-01", "lang=xx",
]  # fmt: skip


def _dumped(value: Any) -> bytes:  # noqa: ANN401 - JSON
    return json.dumps(value).encode()
