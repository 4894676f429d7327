"""Fixtures of the town's sign-in, for the tests that ask for them."""

from collections.abc import Iterator

import pytest
from joserfc import jwk

from tests.api.issuer import Clock, Issuer, a_key


@pytest.fixture(name="rsa", scope="module")
def the_rsa() -> jwk.Key:
    return a_key("RSA", 2048, "rsa-1")


@pytest.fixture(name="other_rsa", scope="module")
def the_other_rsa() -> jwk.Key:
    return a_key("RSA", 2048, "rsa-2")


@pytest.fixture(name="issuer")
def the_issuer(rsa: jwk.Key) -> Iterator[Issuer]:
    opened = Issuer()
    opened.publish(rsa)
    yield opened
    opened.close()


@pytest.fixture(name="clock")
def the_clock() -> Clock:
    return Clock()
