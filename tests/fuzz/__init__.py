"""Whatever a service, a device or a stream sends: a result or one of our errors, soon.

`FUZZ_EXAMPLES` sets how often each reader and parser is tried. What was found is kept
in `corpus/`, and tried first.
"""

import os
from typing import Final

from hypothesis import HealthCheck, settings

EXAMPLES: Final = int(os.environ.get("FUZZ_EXAMPLES", "12"))
FUZZ: Final = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
"""For readers of JSON, of which there are hundreds."""
FUZZ_BYTES: Final = settings(FUZZ, max_examples=EXAMPLES * 8)
"""For parsers of bytes, of which there are few."""
