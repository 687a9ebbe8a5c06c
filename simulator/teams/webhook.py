"""The message push configuration (guide 5.13, 4.17).

What the guide leaves open, and the simulator's choice:

* Everything that is wrong with a configuration, a failed verification too, is
  CCF000001. Deleting where there is none does nothing, and its query has no data.
* A callback on this very machine (localhost and its addresses) may be plain HTTP:
  there is no certificate to be had for it. All others must be HTTPS.
* While a webhook is set the polls find their queues empty. What was queued before is
  pushed. A subscription is needed all the same.
"""

import re
from typing import Any

from yarl import URL

from simulator.account import Account
from simulator.contract import Json, Refusal, Request, Text, may, need
from simulator.queues import Message
from simulator.webhook import Callback, Outbox, Webhook, verify

from .api import api, number

REFUSED = "CCF000001"
LOCAL = ("localhost", "127.0.0.1", "::1")
SECRET = re.compile(r"[A-Za-z0-9]{8,32}")


@api.post("webhook/v1/config/query")
def query(request: Request) -> Json:
    """Tell the configuration, without its secret."""
    if not (webhook := request.account.webhook):
        return None
    callback = webhook.callback
    return {
        "callbackUrl": callback.url,
        "retryTimes": callback.retry_times,
        "retryDelay": callback.retry_delay,
    }


@api.post(
    "webhook/v1/config/save",
    need("callbackUrl", Text(256)),
    may("retryTimes", number(-1, 5), 3),
    may("retryDelay", number(0), 1000),
    may("signSecret", Text()),
)
async def save(request: Request) -> Json:
    """Set the webhook, if its callback proves to know the secret."""
    account, body = request.account, request.body
    callback = Callback(
        url=_url(body),
        secret=_secret(body) or account.secret,
        retry_times=body["retryTimes"],
        retry_delay=body["retryDelay"],
    )
    clock = request.services.clock
    if not await verify(callback, clock):
        raise Refusal(REFUSED)
    await _stop(account)
    outboxes = (
        Outbox(account.alarms, _as_alarm),
        Outbox(account.messages, _as_event),
    )
    account.webhook = Webhook(callback, outboxes, clock, account.world.settle)
    account.webhook.start()
    return None


@api.post("webhook/v1/config/delete")
async def delete(request: Request) -> Json:
    """Go back to polling."""
    await _stop(request.account)
    return None


async def _stop(account: Account) -> None:
    if account.webhook:
        await account.webhook.stop()
        account.webhook = None


def _url(body: dict[str, Any]) -> str:
    try:
        url = URL(body["callbackUrl"])
    except ValueError:
        raise Refusal(REFUSED) from None
    if url.scheme != "https" and (url.scheme != "http" or url.host not in LOCAL):
        raise Refusal(REFUSED)
    return str(url)


def _secret(body: dict[str, Any]) -> str | None:
    secret: str | None = body["signSecret"]
    if secret is not None and not SECRET.fullmatch(secret):
        raise Refusal(REFUSED)
    return secret


def _as_alarm(message: Message) -> Message:
    return message | {"type": "alarm"}


def _as_event(message: Message) -> Message:
    """Tell the type of an event the webhook's way: a number without "Msg"."""
    basic = dict(message["basicInfo"])
    basic["eventType"] = basic.pop("msgType").removeprefix("Msg")
    return message | {"basicInfo": basic, "type": "event"}
