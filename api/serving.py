"""Runs the app in uvicorn: one process or several, stopped gently, logs as JSON."""

import socket
from contextlib import suppress
from typing import Any, Final

import uvicorn
from uvicorn.supervisors import Multiprocess

LOGS: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "api.around.AsJson"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        "kreislauf": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
GRACE: Final = 20  # seconds that calls under way are given to end
PATIENCE: Final = 60  # seconds until a worker answers: begun slowly, it would be ended for ever
_APP: Final = "api.app:from_environment"
_WORDS: Final[dict[str, Any]] = {
    "factory": True,
    "log_config": LOGS,
    "access_log": False,
    "server_header": False,
    "date_header": True,
    "timeout_graceful_shutdown": GRACE,
    "timeout_worker_healthcheck": PATIENCE,
}


def run(host: str, port: int, workers: int) -> int:
    """Serve until the process is told to stop; give its exit code."""
    words = {"host": host, "port": port, "workers": workers, **_WORDS}
    if workers > 1:
        _run_several(uvicorn.Config(_APP, **words))
    else:
        uvicorn.run(_APP, **words)
    return 0


def _run_several(config: uvicorn.Config) -> None:
    """Let several processes listen at one socket; what they write leaves at once.

    asyncio asks for that only where a socket names its protocol, which uvicorn's does not: each
    answer would wait 40 ms for the caller's kernel.
    """
    listening = config.bind_socket()
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with listening, suppress(KeyboardInterrupt):
        Multiprocess(config, sockets=[listening]).run()
