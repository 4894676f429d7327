"""Runs an app we are measured against: `python -m tests.bench.run_app bare --port 1 --workers 2`.

Several workers listen as ours do, so that no answer waits for Nagle's algorithm.
"""

import socket
from argparse import ArgumentParser

import uvicorn
from uvicorn.supervisors import Multiprocess


def main() -> None:
    words = ArgumentParser()
    words.add_argument("name", choices=("bare", "naive"))
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--workers", type=int, default=1)
    asked = words.parse_args()
    config = uvicorn.Config(
        f"tests.bench.{asked.name}_app:app", port=asked.port, workers=asked.workers,
        access_log=False, timeout_worker_healthcheck=60,
    )  # fmt: skip
    if asked.workers == 1:
        uvicorn.Server(config).run()
        return
    with config.bind_socket() as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Multiprocess(config, sockets=[listening]).run()


if __name__ == "__main__":
    main()
