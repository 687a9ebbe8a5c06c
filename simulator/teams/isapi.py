"""ISAPI carried through to devices (guide 5.6.2).

The device is named by ``id``, as the table says; the ``deviceSerial`` of some examples
is refused. What the device answers is a text, also when it refuses.
"""

from simulator.contract import Json, Refusal, Request, Text, may, need
from simulator.isapi import Question, ask

from .api import api

FIELDS = (
    need("method", Text(choices=("GET", "POST", "PUT", "DELETE"))),
    need("url", Text()),
    need("id", Text()),
    need(
        "contentType",
        Text(
            choices=(
                "application/xml",
                "application/json",
                "application/x-www-form-urlencoded",
            )
        ),
    ),
    may("body", Text()),
)


@api.post("video/v1/isapi/proxypass", *FIELDS)
@api.post("proxy/v1/isapi/proxypass", *FIELDS)
def proxy_pass(request: Request) -> Json:
    """Carry a request to a device and its answer back."""
    account, body = request.account, request.body
    if not (device := account.world.devices.get(body["id"])):
        raise Refusal("OPEN000501")
    if not device.online:
        raise Refusal("OPEN000554")
    return ask(Question(account, device, body["method"], body["url"]))
