"""Webhooks: who is told of events from outside, what they are told of, and how that is signed."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from cycle.errors import Forbidden, NotFound
from cycle.i18n import N_
from cycle.model.town import Account
from cycle.model.webhooks import Webhook, WebhookSecret, WebhookType
from cycle.store import deliveries
from cycle.store.unit import Unit
from cycle.usecases import given, lookup, webhook_faults
from cycle.usecases.rights import need

ADMIN = "admin"
SECRET_BYTES = 32
KEEP_HOURS = 24  # an old secret signs along for so long


def add(
    unit: Unit,
    name: str,
    *,
    url: str,
    account: str | None = None,
    types: Sequence[str] = (),
    http: bool = False,
) -> tuple[Webhook, str]:
    """Tell an address of all that happens from now on, as an account may see it.

    Gives the record and the secret that signs, which is shown this once. `types` are such as
    measure.logged or measure.*; without any it is told of all. `http` allows addresses without
    encryption. Raises Forbidden, Invalid, NotFound for an account, Conflict for a taken name.
    """
    need(unit, ADMIN)
    given.insist(
        given.missing("name", name),
        webhook_faults.url(url, http=http),
        *webhook_faults.types(types),
    )
    name = given.text("name", name)
    given.free(unit, Webhook, "webhook", name=name)
    eyes = _eyes(unit, account or unit.actor.name)
    record = unit.add(
        Webhook(name=name, url=url.strip(), account_id=eyes.id, after=deliveries.head(unit))
    )
    wanted = sorted(set(types))
    _tell(unit, record, "added", account=eyes.name, types=wanted)
    unit.session.flush()
    for each in wanted:
        unit.add(WebhookType(webhook_id=record.id, type=each))
    return record, _new_secret(unit, record, 1)


def edit(
    unit: Unit,
    name: str,
    *,
    url: str | None = None,
    account: str | None = None,
    types: Sequence[str] | None = None,
    http: bool = False,
) -> Webhook:
    """Send to another address, with the eyes of another account, or what is of other types."""
    need(unit, ADMIN)
    record = lookup.webhook(unit, name)
    wrong = None if url is None else webhook_faults.url(url, http=http)
    given.insist(wrong, *webhook_faults.types(types or ()))
    facts: dict[str, object] = {}
    if url is not None and url.strip() != record.url:
        record.url = url.strip()
        facts["host"] = host_of(record.url)
    if account is not None:
        eyes = _eyes(unit, account)
        record.account_id, facts["account"] = eyes.id, eyes.name
    if types is not None:
        facts["types"] = _replace_types(unit, record, types)
    if facts:
        _tell(unit, record, "edited", **facts)
    unit.session.flush()
    return record


def rotate(unit: Unit, name: str, *, keep_hours: int = KEEP_HOURS) -> tuple[Webhook, str]:
    """Sign with a new secret, which is shown this once; the old one signs along for some hours."""
    need(unit, ADMIN)
    record = lookup.webhook(unit, name)
    given.insist(webhook_faults.hours(keep_hours))
    held = lookup.every(unit, WebhookSecret, webhook_id=record.id)
    until = unit.now + timedelta(hours=keep_hours)
    for each in held:
        each.until = min(each.until or until, until)
        if each.until <= unit.now:
            unit.session.delete(each)
    _tell(unit, record, "secret_rotated", keep_hours=keep_hours)
    return record, _new_secret(unit, record, max(each.no for each in held) + 1)


def disable(unit: Unit, name: str) -> Webhook:
    """Send nothing more; what happens meanwhile is not kept for it. Twice is the same as once."""
    need(unit, ADMIN)
    return _end(unit, lookup.webhook(unit, name), "asked")


def gone(unit: Unit, webhook_id: str) -> Webhook:
    """Disable a webhook whose receiver says that it is gone for good (410)."""
    return _end(unit, unit.get(Webhook, webhook_id), "gone")


def enable(unit: Unit, name: str) -> Webhook:
    """Send again: what waited goes out, and all that happens from now on."""
    need(unit, ADMIN)
    record = lookup.webhook(unit, name)
    if record.disabled_at:
        record.disabled_at = record.disabled_reason = None
        record.after = max(record.after, deliveries.head(unit))
        _tell(unit, record, "enabled")
        unit.session.flush()
    return record


def replay(unit: Unit, name: str, n: int | None = None) -> int:
    """Send one event again, or all that could not be delivered; give how many go out.

    Raises NotFound for an event that never was on its way to this webhook.
    """
    need(unit, ADMIN)
    record = lookup.webhook(unit, name)
    count = deliveries.again(unit, record.id, n)
    if n is not None and not count:
        raise NotFound(
            N_("Event {n} was never on its way to {name}."),
            fix=N_("`cycle webhook deliveries {name}` shows what was."),
            n=n,
            name=name,
        )
    if count:
        _tell(unit, record, "replayed", count=count)
    return count


def host_of(url: str) -> str:
    """Give of an address what may be told: the rest of it may be a secret."""
    return urlsplit(url).hostname or ""


def _end(unit: Unit, record: Webhook, reason: str) -> Webhook:
    if not record.disabled_at:
        record.disabled_at, record.disabled_reason = unit.now, reason
        _tell(unit, record, "disabled", reason=reason)
        unit.session.flush()
    return record


def _new_secret(unit: Unit, record: Webhook, no: int) -> str:
    secret = "whsec_" + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    unit.add(WebhookSecret(webhook_id=record.id, no=no, secret=secret))
    unit.session.flush()
    return secret


def _replace_types(unit: Unit, record: Webhook, types: Sequence[str]) -> list[str]:
    wanted = set(types)
    held = {each.type: each for each in lookup.every(unit, WebhookType, webhook_id=record.id)}
    for gone_type in held.keys() - wanted:
        unit.session.delete(held[gone_type])
    for new in sorted(wanted - held.keys()):
        unit.add(WebhookType(webhook_id=record.id, type=new))
    return sorted(wanted)


def _tell(unit: Unit, record: Webhook, action: str, **facts: object) -> None:
    """Note the deed; of the address only the host, since its path may hold a secret."""
    more = {"host": host_of(record.url)} if action == "added" else {}
    unit.note("webhook", record.id, record.name, action, more | facts, role=unit.role(ADMIN))


def _eyes(unit: Unit, account: str) -> Account:
    found = lookup.account(unit, account)
    if found.disabled_at:
        raise Forbidden(
            N_("The account {name} is disabled and sees nothing."),
            code="account_disabled",
            fix=N_("`cycle account list` shows who may act; name one with --account."),
            name=account,
        )
    return found
