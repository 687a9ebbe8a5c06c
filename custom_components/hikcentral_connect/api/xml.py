"""XML of devices, read without the means by which a document can harm its reader."""

from xml.etree import ElementTree as ET

from .errors import BadAnswer


class _WithoutDoctype(ET.TreeBuilder):
    """Builds a tree of XML that declares nothing: entities could grow without end."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a document type before any of it is read."""
        raise BadAnswer("the XML of the device has a document type")


def parse(text: str) -> ET.Element | None:
    """Return the root of a document, None if it is not XML.

    Raises `BadAnswer` for a document type.
    """
    # The encoding that the device declares ended where the service made it JSON.
    parser = ET.XMLParser(target=_WithoutDoctype(), encoding="utf-8")  # noqa: S314
    try:
        parser.feed(text.encode(errors="replace"))
        root: ET.Element = parser.close()
    except ET.ParseError:
        return None
    return root


def local(element: ET.Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def fields(element: ET.Element) -> dict[str, str | None]:
    """Return the texts of the elements in an element, by name."""
    return {local(child): child.text for child in element}
