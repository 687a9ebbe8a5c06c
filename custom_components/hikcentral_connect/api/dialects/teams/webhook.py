"""Push of messages in teams (guide section 2.3, "webhook"; teams only)."""

from typing import Final

from ... import checks
from ...call import Call, Kind, nothing, without_empty
from ...errors import FieldInvalid
from ...models.webhook import Webhook
from ...row import Row

URL_LONGEST: Final = 256


def query() -> Call[Webhook | None]:
    """Read where the messages of the account are pushed; None when nowhere.

    While a push is set up the queues may stay empty (section 2.3).
    """
    return Call("webhook/v1/config/query", _read_webhook)


def save(webhook: Webhook) -> Call[None]:
    """Set up the one push of the account.

    The service first asks the address with GET and wants a signed answer. The address
    is HTTPS, up to 256 characters; `retries` is -1 to 5; a secret has 8 to 32 letters
    and digits. Raises `InvalidRequest` when the address does not answer rightly.
    """
    if webhook.retries is not None:
        checks.within("retries", webhook.retries, -1, 5)
    if webhook.retry_delay is not None and webhook.retry_delay < 0:
        raise FieldInvalid("retry_delay", "must not be negative")
    return Call(
        "webhook/v1/config/save",
        nothing,
        without_empty(
            callbackUrl=_checked_url(webhook.url),
            retryTimes=webhook.retries,
            retryDelay=webhook.retry_delay,
            signSecret=_checked_secret(webhook.secret),
        ),
        Kind.WRITE,
    )


def delete() -> Call[None]:
    """End the push."""
    return Call("webhook/v1/config/delete", nothing, kind=Kind.WRITE)


def _checked_url(url: str) -> str:
    if not url.startswith("https://"):
        raise FieldInvalid("url", "must start with https://")
    return checks.text("url", url, URL_LONGEST)


def _checked_secret(secret: str | None) -> str | None:
    if secret is None:
        return None
    if not (8 <= len(secret) <= 32 and secret.isascii() and secret.isalnum()):
        raise FieldInvalid("secret", "must have 8 to 32 letters and digits")
    return secret


def _read_webhook(answer: Row) -> Webhook | None:
    url = answer.text_or_none("callbackUrl")
    if url is None:
        return None
    return Webhook(
        url=url,
        retries=answer.integer_or_none("retryTimes"),
        retry_delay=answer.integer_or_none("retryDelay"),
    )
