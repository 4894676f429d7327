"""The words of the description that no route says."""

from typing import Any, Final

from cycle.model.words import CONSEQUENCES, LIGHTS, STAGES

INTRODUCTION: Final = """\
Kreislauf follows every measure of a municipality through the circle report → goal → measure →
evaluation → report.

* **Who calls**: `Authorization: Bearer …`, a token of the store (`cycle token create`) or an
  access token of the town's sign-in. `X-Acting-For` names the account a deputy acts for,
  `X-On-Behalf-Of` the department social planning records for.
* **Problems** are `application/problem+json` (RFC 9457): `code` is for programs, `detail` and `fix`
  for people. A refused move lists everything that is missing in `blocked_by`.
* **Nothing is lost**: a change carries `If-Match` with the `ETag` it was decided on (428 without,
  412 when somebody was faster).
* **Nothing is doubled**: `Idempotency-Key` on any POST; evaluations are known again by `source`
  and `external_id`.
* **Long lists** come in pages; follow `Link: rel="next"`.
* **The past**: `as_of` answers as it was known at the end of a day.
* A key's `/` is written `~` in an address: `/v1/papers/2019~0383`.
* On every writing call `Prefer: return=minimal` leaves the record out of the answer.
"""
_NOUNS: Final = {
    "measures": "What is done, and where it stands on the circle.",
    "evaluations": "Whether it worked; what brings the circle to its next report.",
    "status": "The town at a glance.",
    "changes": "Every change, in order, none left out.",
    "webhooks": "Those who are told of changes.",
    "server": "Whether the server is well.",
}
TAGS: Final[list[dict[str, Any]]] = [
    {"name": name, "description": says} for name, says in _NOUNS.items()
]
PATHS: Final[dict[str, dict[str, Any]]] = {  # names in an address that are no keys
    "kind": {"type": "string", "enum": list(CONSEQUENCES)},
    "light": {"type": "string", "enum": list(LIGHTS)},
    "stage": {"type": "string", "enum": list(STAGES)},
    "no": {"type": "integer", "minimum": 1},
    "year": {"type": "integer", "minimum": 1},
}
HEADERS: Final[dict[str, Any]] = {
    "ETag": {
        "description": "Changes with the answer; begins with the version of a record.",
        "schema": {"type": "string"},
    },
    "Location": {"description": "Where it is.", "schema": {"type": "string"}},
    "RateLimit": {
        "description": "Calls left, and seconds until there is one more.",
        "schema": {"type": "string"},
    },
}
PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "examples": ["/problems/refused"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "The call's id, as in the server's log."},
        "code": {"type": "string", "examples": ["refused"]},
        "fix": {"type": "string", "description": "What to do about it."},
        "errors": {
            "type": "array",
            "description": "Every place that does not fit; never the value.",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "says"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer, or ?name."},
                    "code": {"type": "string"},
                    "says": {"type": "string"},
                },
            },
        },
        "blocked_by": {
            "type": "array",
            "description": "Everything that is missing before the move.",
            "items": {"$ref": "#/components/schemas/Reason"},
        },
    },
}
_ENVELOPE: Final[dict[str, Any]] = {
    "type": "object",
    "description": "A CloudEvent (1.0): what happened, and the record as the receiver may see it.",
    "required": ["specversion", "id", "source", "type", "subject", "time", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string"},
        "source": {"type": "string"},
        "type": {"type": "string", "examples": ["measure.logged", "evaluation.recorded"]},
        "subject": {"type": "string", "examples": ["M-2026-014"]},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"const": "application/json"},
        "data": {"type": "object"},
    },
}
WEBHOOKS: Final[dict[str, Any]] = {
    "change": {
        "post": {
            "operationId": "receive_change",
            "summary": "A change, sent to a webhook and signed by Standard Webhooks",
            "parameters": [
                {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
                for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
            ],
            "requestBody": {
                "required": True,
                "content": {"application/cloudevents+json": {"schema": _ENVELOPE}},
            },
            "responses": {
                "200": {"description": "Any 2xx: taken; it is not sent again."},
                "410": {"description": "Nobody listens any more; it is switched off."},
            },
        }
    }
}
