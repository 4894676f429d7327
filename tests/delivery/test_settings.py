import pytest

from cycle.delivery.settings import Hooks, read
from cycle.errors import Invalid


def test_nothing_set_allows_nothing_but_public_addresses_by_https() -> None:
    assert read({}) == Hooks(allow=(), http=False)


def test_hosts_networks_and_figures_are_taken() -> None:
    table = {"allow": ["Fach.Intern", "10.0.0.0/8"], "http": True, "threads": 2, "keep_days": 7}
    assert read(table) == Hooks(("fach.intern", "10.0.0.0/8"), http=True, threads=2, keep_days=7)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("alow", [], "unknown_key"),
        ("allow", "10.0.0.0/8", "not_a_list"),
        ("allow", [7], "not_a_list"),
        ("allow", [""], "not_a_list"),
        ("allow", ["10.0.0.0/33"], "not_a_list"),
        ("allow", ["*.intern"], "not_a_list"),
        ("allow", ["https://host"], "not_a_list"),
        ("allow", [" host"], "not_a_list"),
        ("http", 1, "no_switch"),
        ("threads", 0, "out_of_range"),
        ("threads", 65, "out_of_range"),
        ("threads", True, "out_of_range"),
        ("keep_days", "30", "out_of_range"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_place(key: str, value: object, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read({key: value, "mehr": 1})
    assert {(f.pointer, f.code) for f in caught.value.faults} == {
        (f"webhooks.{key}", code), ("webhooks.mehr", "unknown_key"),
    }  # fmt: skip
