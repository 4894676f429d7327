"""A server in a process of its own: no thread of it runs beside the test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.makers import DAY

SETTINGS = '[api]\ncalls = 0\n[webhooks]\nallow = ["127.0.0.1"]\n'


@contextmanager
def apart(url: str, folder: Path, *words: str) -> Iterator[str]:
    """Serve a store and give the address; what the server logs goes to a file of the folder."""
    (folder / "kreislauf.toml").write_text(SETTINGS)
    environ = {"CYCLE_DB": url, "CYCLE_TODAY": DAY.isoformat()}
    environ["CYCLE_CONFIG"] = str(folder / "kreislauf.toml")
    port = _free_port()
    command = [sys.executable, "-m", "cli.main", "serve", "--port", str(port), *words]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(command, env=os.environ | environ, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{address}/readyz", trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    msg = "the server does not answer"
    raise RuntimeError(msg)
