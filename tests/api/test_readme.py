"""What the README shows of the API is run as it stands there: call, poster, receiver."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import httpx
import pytest

import api
from api import configuration
from cycle import settings
from cycle.delivery.settings import read as hooks
from cycle.store.store import Store
from cycle.usecases import webhooks
from tests.api.serving import Served, serving
from tests.api.test_crowd import free_port
from tests.conftest import FreshUrl, settle_saalestadt
from tests.makers import DAY
from tests.makers_duties import a_running_measure

README = (Path(api.__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)
POSTER, RECEIVER = (text for kind, text in BLOCKS if kind == "python")
CALL = next(text for kind, text in BLOCKS if kind == "console" and "curl" in text)
LINES = 45  # of an example, its imports included


@contextmanager
def running(*command: str, environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command, env=os.environ | environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=30)


def commands(port: int) -> str:
    """Give the lines a person types, for a port that is free; the server is waited for."""
    typed = "\n".join(line.removeprefix("$ ") for line in CALL.splitlines())
    typed = typed.replace("serve &", f"serve --port {port} &").replace("8760", str(port))
    return typed.replace("curl ", "curl -s -i --retry 40 --retry-connrefused --retry-delay 1 ")


def test_the_first_evaluation_is_posted_as_the_readme_says(tmp_path: Path) -> None:
    port, bin_ = free_port(), Path(sys.executable).parent
    shim = tmp_path / "bin" / "uv"
    shim.parent.mkdir()
    shim.write_text('#!/bin/sh\nshift\nexec "$@"\n')
    shim.chmod(0o755)
    environ = {"PATH": f"{shim.parent}:{bin_}:{os.environ['PATH']}"}
    with running("bash", "-c", f"{commands(port)}\necho\nkill %1", environ=environ) as process:
        out, err = process.communicate(timeout=120)
    assert "201 Created" in out, out + err
    told = json.loads(out.strip().splitlines()[-1])
    assert told["measures"] == ["M-2024-008"]
    shown = subprocess.run(
        ["cycle", "measure", "show", "M-2024-008", "--json"], env=os.environ | environ,
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert json.loads(shown.stdout)["state"] == "evaluated"
    (finding,) = told["findings"]
    found = subprocess.run(
        ["cycle", "finding", "show", finding, "--json"], env=os.environ | environ,
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    report = json.loads(found.stdout)["report"]
    held = subprocess.run(
        ["cycle", "report", "show", report, "--json"], env=os.environ | environ,
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert json.loads(held.stdout)["cycle"] == "Z-2028"  # the next round's


def test_the_settings_of_the_server_are_taken_as_they_stand_there(tmp_path: Path) -> None:
    (text,) = (text for kind, text in BLOCKS if kind == "toml")
    (tmp_path / "kreislauf.toml").write_text(text, encoding="utf-8")
    here = settings.read(environ={"CYCLE_CONFIG": str(tmp_path / "kreislauf.toml")})
    found = configuration.read(here)
    assert (found.calls, found.threads) == (600, 8)
    assert found.oidc
    assert found.oidc.roles["amtsleitung"] == "department_head"
    assert hooks(here.tables["webhooks"]).allow == ("10.20.0.0/16", "survey.stadt.intern")


@pytest.fixture
def survey(fresh_url: FreshUrl, tmp_path: Path) -> Iterator[tuple[Served, str]]:
    url = fresh_url("sqlite", settle_saalestadt)
    store = Store.open(url)
    key = a_running_measure(store, "implemented")
    table = '[webhooks]\nallow = ["127.0.0.1"]\nhttp = true\n'
    with serving(store, url, tmp_path, table=table) as served:
        yield served, key
    store.close()


def test_the_poster_sends_safely_and_tells_what_became_of_it(
    survey: tuple[Served, str], tmp_path: Path
) -> None:
    served, key = survey
    assert len(POSTER.splitlines()) <= LINES
    script = tmp_path / "post.py"
    script.write_text(POSTER, encoding="utf-8")
    good = {"measure": key, "source": "survey", "external_id": "1", "overall": "effective"}
    lines = [good, good, {**good, "overall": "not_effective"}]
    sent = "\n".join(json.dumps(line) for line in lines)
    environ = {"CYCLE_URL": served.address, "CYCLE_TOKEN": served.tokens["evaluator"]}
    found = subprocess.run(
        [sys.executable, str(script)], input=sent, env=os.environ | environ,
        capture_output=True, check=True, text=True, timeout=60,
    )  # fmt: skip
    assert found.stdout.splitlines() == ["E-2026-001 F-2026-001"] * 2
    assert found.stderr.startswith("409 evaluation_differs ")


def test_the_receiver_takes_what_is_ours_and_nothing_else(
    survey: tuple[Served, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "kreislauf.delivery")
    served, key = survey
    port = free_port()
    with served.store.unit("admin", day=DAY) as unit:
        address = f"http://127.0.0.1:{port}/"
        _, secret = webhooks.add(unit, "office", url=address, account="planner", http=True)
    script = tmp_path / "receive.py"
    script.write_text(RECEIVER, encoding="utf-8")
    environ = {"WEBHOOK_SECRET": secret, "PORT": str(port)}
    with running(sys.executable, str(script), environ=environ) as process:
        wait_for(address)
        body = {"measure": key, "source": "s", "external_id": "1", "overall": "effective"}
        assert served.client("evaluator").post("/v1/evaluations", json=body).is_success
        heard = lines_of(process, 3)
        assert "evaluation.recorded E-2026-001" in heard, caplog.text
        assert httpx.post(address, content=b"{}", trust_env=False).status_code == 400


def lines_of(process: subprocess.Popen[str], count: int) -> list[str]:
    """Give the first lines a program writes, as many as came within half a minute."""
    assert process.stdout
    heard: list[str] = []
    reads = iter(process.stdout.readline, "")
    listener = threading.Thread(
        target=lambda: heard.extend(line.strip() for line in islice(reads, count)), daemon=True
    )
    listener.start()
    listener.join(30)
    return heard


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            httpx.post(address, content=b"{}", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the receiver does not answer")
