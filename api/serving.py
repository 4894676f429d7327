"""Runs the app in uvicorn: one process or several, stopped gently, logs as JSON."""

from typing import Any, Final

import uvicorn

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


def run(host: str, port: int, workers: int) -> int:
    """Serve until the process is told to stop; give its exit code."""
    uvicorn.run(
        "api.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=LOGS,
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=GRACE,
        timeout_worker_healthcheck=PATIENCE,
    )
    return 0
