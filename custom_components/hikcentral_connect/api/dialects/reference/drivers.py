"""Drivers of the reference ("On-Board Monitoring Services")."""

from ... import checks
from ...call import Call, Kind, without_empty
from ...models.drivers import DriverRequest


def add(request: DriverRequest) -> Call[str]:
    """Add a driver and return the id ("Add Driver"). Raises `AlreadyExists`."""
    name = f"{request.first_name} {request.last_name}"
    return Call(
        "obd/v1/drivers/add",
        lambda answer: answer.text("driverId"),
        without_empty(
            driverName=checks.text("first_name", name, 64),
            licenseNo=checks.text("license_number", request.license_number or "", 64),
            phoneNo=request.phone,
        ),
        Kind.WRITE,
    )
