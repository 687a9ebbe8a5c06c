"""The teams dialect: "Hik-Connect for Teams OpenAPI", V2.15 of the maker's guide.

One module per service of the guide's chapter 5. To add a call, declare it with
``@api.post`` in the module of its service; modules are found by themselves.

Where the guide leaves something open, the simulator decides as follows:

* Unknown fields are refused with OPEN000010. Live servers are said to ignore
  them; a client that sends none is right on both.
* Numbers may come as digit strings, as the guide's own examples do.
* Above five calls a second the answer is HTTP 429; the guide names the limit but
  no code.
* A wrong secret is OPEN000002 (table A.4), although an example shows OPEN300002.
* ``totalCount`` counts records, as in the examples, not pages.
* Fields that the text and an example name differently have the text's name, save
  where a service module says otherwise.
"""

from importlib import import_module
from pkgutil import iter_modules

from .envelope import Teams

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

TEAMS = Teams()
