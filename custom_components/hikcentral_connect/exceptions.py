"""What went wrong with the service, told to the owner."""

from collections.abc import Generator
from contextlib import contextmanager
import re
from typing import Any

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .api import errors
from .const import DOMAIN


def explain(err: errors.HikError) -> dict[str, Any]:
    """Return the translation of an error, as Home Assistant's exceptions take it."""
    placeholders = {"error": str(err)}
    if isinstance(err, errors.ServiceRefused):
        placeholders = {"code": err.code, "text": err.text or "-"}
    elif isinstance(err, errors.FieldInvalid):
        placeholders = {"field": err.field, "reason": err.reason}
    return {
        "translation_domain": DOMAIN,
        "translation_key": _key(type(err)),
        "translation_placeholders": placeholders,
    }


@contextmanager
def told_to_owner() -> Generator[None]:
    """Turn an error of the client into one that Home Assistant shows translated."""
    try:
        yield
    except errors.FieldInvalid as err:
        raise ServiceValidationError(**explain(err)) from err
    except errors.HikError as err:
        raise HomeAssistantError(**explain(err)) from err


def _key(kind: type[errors.HikError]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
