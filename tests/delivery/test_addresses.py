import pytest

from cycle.delivery.addresses import Barred, Resolve, checked, resolved
from cycle.delivery.settings import Hooks

OUTSIDE = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"]
INSIDE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - an address like others
       "169.254.169.254", "192.0.2.1", "198.18.0.1", "203.0.113.7", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "192.88.99.1", "::", "::1", "::a00:1", "::ffff:10.0.0.1",
    "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::5db8:d70e", "64:ff9b:1::1", "2002:7f00:1::",
    "2002:5db8:d70e::1", "2001::1", "2001:db8::1", "fc00::1", "fd12:3456::1", "fe80::1",
    "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "kein-name",
]  # fmt: skip


def _known(*addresses: str) -> Resolve:
    return lambda _host, _port: addresses


def _at(*addresses: str) -> list[str]:
    return list(checked("ziel.example", 443, Hooks(), _known(*addresses)))


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_may_be_reached(address: str) -> None:
    assert _at(address) == [address]


@pytest.mark.parametrize("address", INSIDE)
def test_no_other_address_may_be_reached(address: str) -> None:
    with pytest.raises(Barred):
        _at(address)


@pytest.mark.parametrize("address", INSIDE)
def test_one_inner_address_among_public_ones_bars_the_host(address: str) -> None:
    with pytest.raises(Barred):
        _at(*OUTSIDE, address)


def test_a_host_without_an_address_is_barred() -> None:
    with pytest.raises(Barred):
        _at()


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0177.0.0.1", "0x7f.1", "127.1", "0", "localhost", "[::1]", "::1",
     "a" * 64 + ".invalid"],
)  # fmt: skip
def test_other_ways_to_write_an_inner_address_are_seen_through(host: str) -> None:
    with pytest.raises(Barred):
        checked(host, 443, Hooks(), resolved)


def test_what_the_town_allows_may_be_reached() -> None:
    allowed = Hooks(allow=("fach.stadt.intern", "10.20.0.0/16", "fd00::/8", "192.168.7.7"))
    for host, address in (
        ("fach.stadt.intern", "172.16.0.9"),
        ("Fach.Stadt.Intern.", "172.16.0.9"),
        ("anders.intern", "10.20.3.4"),
        ("anders.intern", "fd00::7"),
        ("anders.intern", "::ffff:10.20.3.4"),
        ("anders.intern", "192.168.7.7"),
    ):
        assert list(checked(host, 443, allowed, _known(address))) == [address]
    for host, address in (
        ("anders.intern", "10.21.0.1"),
        ("x.fach.stadt.intern", "172.16.0.9"),
        ("anders.intern", "192.168.7.8"),
    ):
        with pytest.raises(Barred):
            checked(host, 443, allowed, _known(address))
