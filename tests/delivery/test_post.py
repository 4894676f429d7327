import ssl
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cycle.delivery.post import ANSWER, Answer, post, trusted
from cycle.delivery.settings import Hooks
from tests.delivery.receiver import Receiver, answer, drop_by_drop, receiving, slowly

HERE = Hooks(allow=("127.0.0.1", "::1"), http=True)
NAME = "empfang.stadt.example"


def _send(url: str, hooks: Hooks = HERE, total: float = 5, at: tuple[str, ...] = ()) -> Answer:
    if at:
        return post(url, b"{}", {"X": "y"}, hooks, resolve=lambda _h, _p: at, total=total)
    return post(url, b"{}", {"X": "y"}, hooks, total=total)


def test_it_gives_the_status_and_tells_people_one_word(receiver: Receiver) -> None:
    receiver.script = [answer(204, b""), answer(500), answer(302, Location=receiver.url)]
    given = [_send(receiver.url) for _ in range(3)]
    assert [(each.status, each.taken, each.error) for each in given] == [
        (204, True, None), (500, False, "refused"), (302, False, "refused"),
    ]  # fmt: skip
    assert len(receiver.received) == 3


def test_without_a_status_people_hear_the_same_whatever_it_was(receiver: Receiver) -> None:
    closed = receiver.url.replace(str(receiver.port), "1")
    barred = post(receiver.url, b"{}", {}, Hooks(http=True))
    nothing_there = _send(closed)
    assert (barred.status, barred.error) == (nothing_there.status, nothing_there.error)
    assert barred.error == "no_answer"
    assert "not public" in barred.why
    assert receiver.received == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])
def test_no_way_to_write_it_leads_inside(receiver: Receiver, host: str) -> None:
    given = post(f"http://{host}:{receiver.port}/", b"{}", {}, Hooks(http=True))
    assert given.status is None
    assert receiver.received == []


def test_a_name_is_connected_to_at_the_address_that_was_checked(receiver: Receiver) -> None:
    url = f"http://{NAME}:{receiver.port}/p?q=1"
    assert _send(url, at=("127.0.0.1",)).status == 200
    (one,) = receiver.received
    assert (one.headers["Host"], one.path) == (f"{NAME}:{receiver.port}", "/p?q=1")


def test_a_name_is_looked_up_once(receiver: Receiver) -> None:
    asked = []

    def first_here_then_elsewhere(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    url = f"http://{NAME}:{receiver.port}"
    assert post(url, b"{}", {}, HERE, resolve=first_here_then_elsewhere).status == 200
    assert asked == [NAME]


def test_the_next_address_is_tried_where_the_first_does_not_answer(receiver: Receiver) -> None:
    url = f"http://{NAME}:{receiver.port}/"
    assert _send(url, at=("::1", "127.0.0.1")).status == 200


def test_http_is_barred_unless_it_is_allowed(receiver: Receiver) -> None:
    given = _send(receiver.url, Hooks(allow=("127.0.0.1",)))
    assert given.status is None
    assert "http is not allowed" in given.why
    assert "ftp is not allowed" in _send("ftp://127.0.0.1/").why


def test_it_does_not_wait_longer_than_agreed(receiver: Receiver) -> None:
    receiver.script = [drop_by_drop, slowly(2)]
    for _ in range(2):
        began = time.monotonic()
        given = _send(receiver.url, total=0.4)
        assert time.monotonic() - began < 1.5
        assert (given.status, given.error) == (None, "no_answer")


def test_no_time_is_left_after_a_slow_look_up(receiver: Receiver) -> None:
    def slow(host: str, port: int) -> list[str]:
        time.sleep(0.2)
        return ["127.0.0.1"]

    given = post(receiver.url, b"{}", {}, HERE, resolve=slow, total=0.1)
    assert "the time is over" in given.why


def test_of_a_long_answer_no_more_is_read_than_anyone_needs(receiver: Receiver) -> None:
    receiver.always = answer(200, b"x" * (ANSWER * 200))
    began = time.monotonic()
    assert _send(receiver.url).status == 200
    assert time.monotonic() - began < 2


def test_the_environment_names_no_proxy(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert _send(receiver.url).status == 200


@pytest.fixture
def certified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Run a receiver whose certificate is for NAME, by an authority this machine trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    (tmp_path / "cert.pem").write_bytes(made.public_bytes(pem))
    (tmp_path / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    trusted.cache_clear()
    with receiving(server) as opened:
        yield opened
    trusted.cache_clear()


def test_the_certificate_is_checked_against_the_name_and_not_the_address(
    certified: Receiver,
) -> None:
    hooks = Hooks(allow=("127.0.0.1",))
    assert _send(f"https://{NAME}:{certified.port}/", hooks, at=("127.0.0.1",)).status == 200
    other = _send(f"https://anders.example:{certified.port}/", hooks, at=("127.0.0.1",))
    assert (other.status, other.error) == (None, "no_answer")
    assert "certificate" in other.why.lower()
    assert len(certified.received) == 1
