"""The servers that are measured side by side, each in processes of its own, and who calls them."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from tests.makers import DAY

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 120.0
CONNECTIONS: Final = 8


@dataclass(frozen=True)
class House:
    """One server: how it is started, and what it is asked."""

    name: str
    command: tuple[str, ...]  # the port is put behind it
    environ: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    first: str = "/"  # what it is asked first

    def request(self, method: str, path: str, body: object = None, **more: str) -> str:
        """Write one request as it goes over the wire."""
        sent = {
            "Host": "bench",
            **self.headers,
            **{k.replace("_", "-"): v for k, v in more.items()},
        }
        text = "" if body is None else json.dumps(body)
        if text:
            sent |= {"Content-Type": "application/json", "Content-Length": str(len(text.encode()))}
        head = "\r\n".join(f"{name}: {value}" for name, value in sent.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n\r\n{text}"


@dataclass
class Running:
    """A server that answers."""

    house: House
    process: subprocess.Popen[bytes]
    port: int
    began_within: float  # seconds to the first answer

    def resident(self) -> float:
        """Tell the memory it holds, with all its processes, in MiB."""
        return sum(_resident(pid) for pid in self._pids())

    def worked(self) -> float:
        """Tell the seconds of processor time it has used so far, in all its processes."""
        return sum(_worked(pid) for pid in self._pids())

    def _pids(self) -> tuple[int, ...]:
        return self.process.pid, *_children(self.process.pid)


def ours(url: str, token: str, folder: Path, first: str, workers: int = 1) -> House:
    """Give `cycle serve` with no limit on calls."""
    config = folder / "kreislauf.toml"
    config.write_text("[api]\ncalls = 0\n")
    environ = {"CYCLE_DB": url, "CYCLE_TODAY": DAY.isoformat(), "CYCLE_CONFIG": str(config)}
    command = (sys.executable, "-m", "cli.main", "serve", "--workers", str(workers))
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return House("ours", command, environ, headers, first)


def other(name: str, url: str, first: str, workers: int = 1) -> House:
    """Give one of the apps we are measured against."""
    command = (sys.executable, "-m", "tests.bench.run_app", name, "--workers", str(workers))
    return House(name, command, {"BENCH_DB": url}, {}, first)


@contextmanager
def running(house: House, folder: Path) -> Iterator[Running]:
    """Start a server, wait for its first answer, stop it in the end."""
    port = _free_port()
    installed = {  # compiled once, as where it is installed
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    environ = {**os.environ, "PYTHONPATH": str(ROOT), **installed, **house.environ}
    with (folder / f"{house.name}.log").open("ab") as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            [*house.command, "--port", str(port)], env=environ, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        _wait(house, process, port)
        yield Running(house, process, port, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(PATIENCE)


class Load:
    """The one who calls."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.load"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def call(self, server: Running, requests: Sequence[Sequence[str]], seconds: float) -> Any:  # noqa: ANN401 - JSON
        """Let every connection send its requests round and round; every answer must be good.

        It stops after an even number of them: what was suspended is under way again.
        """
        job = {"port": server.port, "seconds": seconds, "requests": requests, "step": 2}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(job)}\n")
        self._process.stdin.flush()
        found = json.loads(self._process.stdout.readline())
        assert not found["failed"], (server.house.name, found["failed"])
        return found

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()


def _wait(house: House, process: subprocess.Popen[bytes], port: int) -> None:
    until = time.perf_counter() + PATIENCE
    address = f"http://127.0.0.1:{port}{house.first}"
    with httpx.Client(headers=dict(house.headers), trust_env=False) as client:
        while process.poll() is None and time.perf_counter() < until:
            try:
                answer = client.get(address)
            except httpx.TransportError:
                time.sleep(0.005)
                continue
            assert answer.status_code == 200, answer.text
            return
    msg = f"{house.name} does not answer"
    raise RuntimeError(msg)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in found.read_text().split()] if found.exists() else []


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _worked(pid: int) -> float:
    """Read user and system time; the name before them may hold anything, brackets too."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
