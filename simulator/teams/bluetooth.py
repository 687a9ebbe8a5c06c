"""The key to open doors by Bluetooth (guide 5.7.2): one per account, for good."""

from hashlib import sha256

from simulator.contract import Json, Request

from .api import api


@api.get("acs/v1/encryptinfo/get")
def encrypt_info(request: Request) -> Json:
    """Give the key."""
    digest = sha256(f"bluetooth {request.account.guid}".encode()).hexdigest()
    return {
        "encryptType": "AES128_CBC",
        "authData": digest[:32],
        "vector": digest[32:],
        "loopCount": 1000,
    }
