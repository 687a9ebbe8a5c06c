"""All that goes into and out of a page, and where."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Page

TEXTS: Final = ("json", "mpegurl", "text/")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that went somewhere: to or from a path, or to the console."""

    where: str
    text: str


class Traffic:
    """What a page sends and receives from now on; pictures and video are left out."""

    def __init__(self, page: Page) -> None:
        """Listen to a page, its frames and its sockets."""
        self.hosts: set[str] = set()
        self._pieces: list[Piece] = []
        self._answers: list[Any] = []
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("websocket", self._on_socket)
        page.on("console", lambda one: self._note("console", one.text))

    def pieces(self) -> list[Piece]:
        """Return what there was so far; to be asked before the page goes elsewhere."""
        while self._answers:
            answer = self._answers.pop()
            path = urlsplit(answer.url).path
            self._note(f"from {path}", answer.headers)
            if any(one in answer.headers.get("content-type", "") for one in TEXTS):
                self._note(f"from {path}", answer.text())
        return self._pieces

    def holding(self, secret: str) -> list[Piece]:
        """Return where a secret was."""
        return [one for one in self.pieces() if secret in one.text]

    def _note(self, where: str, text: object) -> None:
        self._pieces.append(Piece(where, str(text)))

    def _note_url(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            self.hosts.add(parts.netloc)
        self._note("url", url)

    def _on_request(self, request: Any) -> None:
        self._note_url(request.url)
        path = urlsplit(request.url).path
        self._note(f"to {path}", request.headers)
        if body := request.post_data_buffer:
            self._note(f"to {path}", body.decode(errors="replace"))

    def _on_response(self, response: Any) -> None:
        path = urlsplit(response.url).path
        if path.startswith("/api/") and response.request.method != "OPTIONS":
            self._answers.append(response)

    def _on_socket(self, socket: Any) -> None:
        self._note_url(socket.url)
        path = urlsplit(socket.url).path
        socket.on("framesent", lambda frame: self._note(f"to {path}", frame))
        socket.on("framereceived", lambda frame: self._on_frame(f"from {path}", frame))

    def _on_frame(self, where: str, frame: str | bytes) -> None:
        if isinstance(frame, str):
            self._note(where, frame)
