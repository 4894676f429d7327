"""Whether the server is well, for those who watch over it; no account is asked for."""

from ipaddress import ip_address
from typing import Any, Final

from starlette.responses import Response

from api.desk import Call, House
from api.frame import MEDIA, NOBODY, Route, dumps
from api.metrics import METRICS
from cycle.errors import Forbidden, Unavailable
from cycle.i18n import N_
from cycle.reading import webhooks
from cycle.reading.door import open_reader
from cycle.reading.journal import head
from cycle.reading.shapes import plain

TEXT: Final = "text/plain; version=0.0.4"


def _alive(_call: Call) -> Response:
    """Answer; who cannot is not alive."""
    return Response(dumps({"status": "alive"}), media_type=MEDIA)


def _ready(call: Call) -> Response:
    """Open the store anew, so that nothing an older connection knew counts."""
    house = call.house
    reader = open_reader(house.settings.db)
    try:
        backlog = webhooks.backlog(reader)
    finally:
        reader.close()
    house.begin()  # where the store was not there when the server began
    if house.sender is None or not house.sender.alive:
        says = N_("The sender of webhooks has stopped; the log of the server tells why.")
        raise Unavailable(says, code="sender_stopped", fix=N_("Start the server again."))
    return Response(dumps({"status": "ready", "backlog": plain(backlog)}), media_type=MEDIA)


def _metrics(call: Call) -> Response:
    """Give every count; to this machine alone, unless the town says otherwise."""
    if not (call.house.configuration.metrics_open or _is_near(call)):
        raise Forbidden(
            N_("Counts are given to this machine only."),
            fix=N_("Set metrics_open = true in [api] of the settings to open them."),
        )
    text = "".join(f"{line}\n" for line in METRICS.lines(_gauges(call.house)))
    return Response(text, media_type=TEXT)


def _is_near(call: Call) -> bool:
    client = call.request.client
    try:
        return client is not None and ip_address(client.host).is_loopback
    except ValueError:
        return False


def _gauges(house: House) -> dict[str, float]:
    """Measure what stands in the store; where it cannot be read, say so and count on."""
    sender = house.sender
    here: dict[str, float] = {
        "kreislauf_listeners": house.watch.listeners,
        "kreislauf_sender_up": int(sender is not None and sender.alive),
    }
    try:
        with house.readers.lend() as reader:
            backlog = webhooks.backlog(reader)
            latest = head(reader)
    except Unavailable:
        return {**here, "kreislauf_store_up": 0}
    return {
        **here,
        "kreislauf_store_up": 1,
        "kreislauf_journal_head": latest,
        "kreislauf_outbox_backlog": backlog.outbox,
        "kreislauf_deliveries_waiting": backlog.waiting,
        "kreislauf_deliveries_dead": backlog.dead,
    }


ROUTES = (
    Route(
        method="GET", path="/healthz", name="tell_alive", says="Tell that the server is alive",
        rights=NOBODY, run=_alive, answer=dict[str, str], problems=(500,),
    ),
    Route(
        method="GET", path="/readyz", name="tell_ready", rights=NOBODY, run=_ready,
        says="Tell whether the server can work: the store is there and of the right revision,"
        " and the sender of webhooks runs",
        answer=dict[str, Any], problems=(500, 503),
    ),
    Route(
        method="GET", path="/metrics", name="show_metrics", rights=NOBODY, run=_metrics,
        says="Counts for a monitoring system (Prometheus), of the process that answers",
        answer=str, media="text/plain", problems=(403, 500),
        tells="Given to this machine alone unless `metrics_open = true` stands in [api]. A proxy on"
        " this machine must pass on whom it serves (X-Forwarded-For), or not this address.",
    ),
)  # fmt: skip
