"""Rows about drivers, their groups and their faces (guide A.3.78 to A.3.86)."""

from datetime import timedelta
from typing import Any

from simulator.services import Services
from simulator.world.fleet import Driver, DriverGroup, Fleet, Refused

from .resources import ROOT

PICTURE_LIFE = timedelta(days=1)


def driver_row(services: Services, fleet: Fleet, driver: Driver) -> dict[str, Any]:
    """Return a DriverInfo(2) (A.3.85)."""
    vehicles = [fleet.vehicles[one] for one in driver.vehicles]
    return {
        "driverGroupId": driver.group.id if driver.group else "",
        "driverGroupName": driver.group.name if driver.group else "",
        "driverId": driver.id,
        "facepicUrl": _picture(services, driver.photo),
        "driverName": driver.name,
        "driverCode": driver.code,
        "gender": str(driver.gender),
        "phone": driver.phone,
        "email": driver.email,
        "description": driver.note,
        "distributionStatus": int(driver.applied),
        "distributionInfo": {"errorInfo": [_error(one) for one in driver.refused]},
        "relatedVehicles": [
            {
                "plateLicense": one.plate,
                "vehicleId": one.id,
                "deviceSerial": one.device.serial if one.device else "",
            }
            for one in vehicles
        ],
        "driverLicenseInfo": {
            "validTime": driver.licence.until,
            "licenseNo": driver.licence.number,
            "imageUrl": _picture(services, driver.licence.image),
        },
    }


def _error(refused: Refused) -> dict[str, Any]:
    """Return a DistributionErrorInfo (A.3.78)."""
    vehicle = refused.vehicle
    return {
        "vehicleId": vehicle.id,
        "vehicleName": vehicle.name,
        "errorCode": refused.code,
        "deviceSerial": vehicle.device.serial if vehicle.device else "",
    }


def failure(fleet: Fleet, driver_id: str, refused: Refused) -> dict[str, Any]:
    """Return a DriverDistributionFail (A.3.82)."""
    driver, device = fleet.drivers.get(driver_id), refused.vehicle.device
    return {
        "driverId": driver_id,
        "driverName": driver.name if driver else "",
        "licensePlate": refused.vehicle.plate,
        "errorCode": refused.code,
        "message": "Device offline",
        "deviceSerial": device.serial if device else "",
    }


def group_row(fleet: Fleet, one: DriverGroup) -> dict[str, Any]:
    """Return a DriverGroupInfo (A.3.83)."""
    return {
        "groupId": one.id,
        "groupName": one.name,
        "areaId": one.area.id if one.area else ROOT,
        "areaName": one.area.name if one.area else "",
        "peopleCount": sum(who.group is one for who in fleet.drivers.values()),
    }


def _picture(services: Services, content: bytes) -> str:
    return services.publish(lambda: content, "jpeg", PICTURE_LIFE) if content else ""
