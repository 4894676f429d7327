"""A signed call to a webhook: of an event that is due, or of a sample to try it out."""

import logging
from datetime import datetime
from typing import Final

from cycle import clock
from cycle.delivery import envelopes, signing
from cycle.delivery.addresses import Resolve, resolved
from cycle.delivery.post import Answer, post
from cycle.delivery.settings import Hooks
from cycle.ids import new_id
from cycle.reading import webhooks
from cycle.reading.door import Reader
from cycle.reading.keys import find
from cycle.reading.webhooks import Target

LOG: Final = logging.getLogger("kreislauf.delivery")


def send(
    target: Target,
    sealed: envelopes.Envelope,
    hooks: Hooks,
    now: datetime,
    resolve: Resolve = resolved,
) -> Answer:
    """Sign an envelope and send it to a webhook; what went wrong in detail is for the log."""
    signed = signing.headers(sealed.id, now, sealed.body, target.secrets)
    headers = {"Content-Type": envelopes.MEDIA_TYPE, "User-Agent": "Kreislauf", **signed}
    answer = post(target.url, sealed.body, headers, hooks, resolve=resolve)
    LOG.info("webhook %s: %s: %s", target.name, sealed.id, answer.why or answer.status)
    return answer


def try_out(
    reader: Reader,
    name: str,
    hooks: Hooks,
    *,
    sees_accounts: bool = True,
    resolve: Resolve = resolved,
) -> Answer:
    """Send a signed sample at once, past the queue, and give what came back.

    Raises NotFound for a name no webhook has, Forbidden for all but the administration.
    """
    webhooks.insist(sees_accounts=sees_accounts)
    now = clock.now()
    target = webhooks.target(reader, find(reader, "webhook", name), now)
    sealed = envelopes.sample(reader, target.name, new_id(), now)
    return send(target, sealed, hooks, now, resolve)
