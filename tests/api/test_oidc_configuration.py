import tomllib
from typing import Any

import pytest

from api import oidc_configuration
from api.oidc import Configuration, configured
from cycle.errors import Invalid

WHOLE: dict[str, Any] = {
    "issuer": "https://a.example", "audience": "kreislauf", "jwks": "https://a.example/certs",
    "roles_claim": "realm_access.roles", "roles": {"krs-planung": "planner"},
}  # fmt: skip


def _faults(**changes: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - whatever a file holds
    table = {name: value for name, value in (WHOLE | changes).items() if value is not ...}
    with pytest.raises(Invalid) as caught:
        configured(table)
    assert all(f.says.format(**f.values) for f in caught.value.faults)
    return sorted((fault.pointer, fault.code) for fault in caught.value.faults)


def test_the_example_of_the_documentation_can_be_read() -> None:
    text = (oidc_configuration.__doc__ or "").partition("\n\n")[2].partition('"""')[0]
    found = configured(tomllib.loads(text)["oidc"])
    assert found.audience == ("kreislauf",)
    assert found.algorithms == ("RS256",)
    assert found.departments == {"/amt-51": "51"}
    assert found.refuse_id_tokens


def test_what_is_not_said_is_safe() -> None:
    found = configured(WHOLE)
    assert found == Configuration(
        issuer="https://a.example", audience=("kreislauf",), jwks="https://a.example/certs",
        roles_claim="realm_access.roles", roles={"krs-planung": "planner"},
    )  # fmt: skip
    assert found.algorithms == ("RS256", "ES256", "PS256", "EdDSA")


def test_every_missing_and_every_unknown_key_is_told_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        configured({"isuer": "x", "algorithm": "RS256"})
    assert {(f.pointer, f.code) for f in caught.value.faults} == {
        ("[oidc] isuer", "unknown_key"), ("[oidc] algorithm", "unknown_key"),
        *((f"[oidc] {name}", "missing") for name in WHOLE),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("issuer", "", "not_text"), ("issuer", 7, "not_text"),
        ("audience", [], "not_text"), ("audience", ["a", 7], "not_text"),
        ("roles_claim", None, "not_text"), ("departments_claim", [], "not_text"),
        ("algorithms", [], "unknown_algorithm"), ("algorithms", ["none"], "unknown_algorithm"),
        ("algorithms", ["RS256", "HS256"], "unknown_algorithm"),
        ("algorithms", "RS256", "unknown_algorithm"), ("algorithms", [["RS256"]],
                                                       "unknown_algorithm"),
        ("roles", {}, "unknown_role"), ("roles", {"a": "mayor"}, "unknown_role"),
        ("roles", ["planner"], "unknown_role"), ("roles", {"a": ["planner"]}, "unknown_role"),
        ("departments", {}, "not_a_table"), ("departments", {"a": 51}, "not_a_table"),
        ("refuse_id_tokens", 1, "not_yes_or_no"), ("refuse_id_tokens", "yes", "not_yes_or_no"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_told_with_its_key(
    key: str, value: object, code: str
) -> None:
    both = {"departments_claim": "groups", "departments": {"a": "51"}}
    assert _faults(**both | {key: value}) == [(f"[oidc] {key}", code)]


@pytest.mark.parametrize(
    "jwks",
    [
        "", 7, "jwks.json", "./jwks.json", "http://a.example/certs", "http://10.0.0.1/certs",
        "ftp://a.example/certs", "file:///etc/jwks.json", "https://", "http://[::1", "//a/b://c",
    ],
)  # fmt: skip
def test_keys_come_only_from_where_nobody_exchanges_them_on_the_way(jwks: object) -> None:
    assert _faults(jwks=jwks) == [("[oidc] jwks", "no_source")]


@pytest.mark.parametrize(
    "jwks", ["/etc/kreislauf/jwks.json", "https://a.example/certs", "http://127.0.0.1:8080/certs",
             "http://localhost/certs", "http://[::1]:80/certs"]
)  # fmt: skip
def test_keys_come_from_a_file_from_https_or_from_this_machine(jwks: str) -> None:
    assert configured(WHOLE | {"jwks": jwks}).jwks == jwks


@pytest.mark.parametrize("lone", [{"departments_claim": "groups"}, {"departments": {"a": "51"}}])
def test_departments_need_their_claim_and_the_claim_them(lone: dict[str, Any]) -> None:
    assert _faults(**lone) == [("[oidc] departments", "incomplete")]
