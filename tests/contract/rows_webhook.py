"""Rows for the push of messages (guide section 2.3)."""

from custom_components.hikcentral_connect.api.models.webhook import Webhook
from custom_components.hikcentral_connect.api.session import DialectName

from .row import ContractRow

ROWS = (
    ContractRow(
        "Webhooks.query",
        DialectName.TEAMS,
        "webhook/v1/config/query",
        sent={},
        data={
            "callbackUrl": "https://home.example/push",
            "retryTimes": 3,
            "retryDelay": 1000,
        },
        read=Webhook("https://home.example/push", retries=3, retry_delay=1000),
    ),
    ContractRow(
        "Webhooks.query", DialectName.TEAMS, "webhook/v1/config/query", sent={}
    ),
    ContractRow(
        "Webhooks.save",
        DialectName.TEAMS,
        "webhook/v1/config/save",
        sent={
            "callbackUrl": "https://home.example/push",
            "retryTimes": 3,
            "retryDelay": 1000,
            "signSecret": "abcd1234",
        },
        arguments={
            "webhook": Webhook("https://home.example/push", 3, 1000, "abcd1234")
        },
    ),
    ContractRow(
        "Webhooks.delete", DialectName.TEAMS, "webhook/v1/config/delete", sent={}
    ),
)
