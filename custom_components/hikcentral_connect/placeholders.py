"""Names and words of others, as the texts of issues and forms may hold them.

Home Assistant shows those texts as markdown, in which a name could be a link, a picture
that tells who looked at it, or HTML. An invisible character inside whatever begins one
leaves a name as it is, also in a title, where nothing is markdown.
"""

import re
from typing import Final

JOINER: Final = "\u2060"
_BEGINS: Final = re.compile(r"[<\[\]]|:(?=//)|www(?=\.)", re.IGNORECASE)
_LINES: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def harmless(**texts: str) -> dict[str, str]:
    """Return placeholders that are shown as the texts they are, each in one line."""
    return {
        name: _BEGINS.sub(rf"\g<0>{JOINER}", _LINES.sub(" ", text))
        for name, text in texts.items()
    }
