"""The reference dialect: the API reference, to the letter.

One module per service of the reference. To add a call, declare it with
``@api.post`` in the module of its service; modules are found by themselves.

Where the reference leaves something open, the simulator decides as follows:

* List rows carry the fields that the examples read (``deviceName``, ``status``,
  ``areaName``, ``cameraName``, ``userName``...) and, as an assumption, the ids that
  other calls ask for (``deviceId``, ``deviceSerial``, ``areaId``, ``cameraId``,
  ``channelNo``, ``userId``). ``status`` is "online" or "offline".
* A page may hold 1 to 500 rows.
* Calls without response parameters answer with empty data.
* Areas directly below the root have the parent ``root_area``, the word of the
  example.
"""

from importlib import import_module
from pkgutil import iter_modules

from .envelope import Reference

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

REFERENCE = Reference()
