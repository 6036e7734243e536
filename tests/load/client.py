"""One visitor of the page who speaks Streamlit's own protocol: opens, chooses, uploads, leaves."""

import asyncio
import random
import time
import urllib.request
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

CHOICES = ("radio", "selectbox", "button_group", "checkbox")


class FaultError(Exception):
    """The page answered with an exception, or the server with none."""


@dataclass
class Visitor:
    """A session over one websocket; knows the widgets on its page and what it set them to."""

    base: str
    seed: int = 0
    timeout: float = 60.0
    widgets: dict[str, tuple[str, Any, str]] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    received: int = 0
    session_id: str = ""
    query: str = ""
    _socket: ClientConnection | None = None
    _xsrf: str = ""

    async def __aenter__(self) -> Self:
        self.random = random.Random(self.seed)
        self._xsrf = await asyncio.to_thread(xsrf_token, self.base)
        headers = {"Cookie": f"_streamlit_xsrf={self._xsrf}"} if self._xsrf else {}
        url = self.base.replace("http", "ws", 1) + "/_stcore/stream"
        subprotocols: Any = ["streamlit", *([self._xsrf] if self._xsrf else [])]
        self._socket = await connect(
            url,
            subprotocols=subprotocols,
            additional_headers=headers,
            origin=self.base,
            max_size=None,  # type: ignore[arg-type]
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def open(self) -> float:
        """Load the page; return the seconds until it is whole."""
        return await self._rerun(BackMsg())

    async def choose(self) -> float:
        """Set a random choice to another value, as a click does; return the seconds until the page is whole."""
        found = [one for one in sorted(self.widgets) if self.widgets[one][0] in CHOICES]
        widget = self.random.choice(found)
        kind, element, fragment = self.widgets[widget]
        state = WidgetState(id=widget)
        if kind == "checkbox":
            before = self.states[widget].bool_value if widget in self.states else element.default
            state.bool_value = not before
        elif kind == "button_group":
            state.string_array_value.data.append(self.random.choice([one.content for one in element.options]))
        else:
            state.string_value = self.random.choice(list(element.options))
        return await self.set(state, fragment)

    async def set(self, state: WidgetState, fragment: str = "") -> float:
        """Send a widget's new value with those of all others; return the seconds until the page is whole."""
        self.states[state.id] = state
        message = BackMsg()
        message.rerun_script.fragment_id = fragment
        return await self._rerun(message)

    async def upload(self, name: str, raw: bytes) -> float:
        """Give a file to the first upload field; return the seconds until the page is whole."""
        widget, (_, _, fragment) = next(item for item in self.widgets.items() if item[1][0] == "file_uploader")
        request = BackMsg()
        request.file_urls_request.request_id = f"r{self.seed}"
        request.file_urls_request.file_names.append(name)
        request.file_urls_request.session_id = self.session_id
        assert self._socket is not None
        await self._socket.send(request.SerializeToString())
        urls = (await self._next("file_urls_response")).file_urls_response.file_urls[0]
        await asyncio.to_thread(put, self.base, urls.upload_url, name, raw, self._xsrf)
        state = WidgetState(id=widget)
        info = state.file_uploader_state_value.uploaded_file_info.add(name=name, size=len(raw), file_id=urls.file_id)
        info.file_urls.CopyFrom(urls)
        taken = await self.set(state, fragment)
        self.states.pop(widget, None)
        return taken

    async def _rerun(self, message: BackMsg) -> float:
        state = message.rerun_script
        state.query_string = self.query
        state.widget_states.widgets.extend(self.states.values())
        if not state.fragment_id:
            self.widgets, self.texts = {}, []
        start = time.monotonic()
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())
        await self._next("script_finished")
        return time.monotonic() - start

    async def _next(self, kind: str) -> ForwardMsg:
        """Take messages until one of `kind` comes; a run that is to be followed by another does not count as its end."""
        assert self._socket is not None
        while True:
            data = await asyncio.wait_for(self._socket.recv(), self.timeout)
            assert isinstance(data, bytes)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            self._take(message)
            if message.WhichOneof("type") == kind and not (
                kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return message

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session_id = message.new_session.initialize.session_id or self.session_id
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            name = message.delta.new_element.WhichOneof("type")
            if name is None:
                return
            element = getattr(message.delta.new_element, name)
            if name == "exception":
                raise FaultError(f"{element.type}: {element.message}")
            self.texts.append(str(element))
            if getattr(element, "id", ""):
                self.widgets[element.id] = (name, element, message.delta.fragment_id)


def xsrf_token(base: str) -> str:
    """Return the token that the server's cookie carries; empty where the protection is off."""
    with urllib.request.urlopen(f"{base}/_stcore/health", timeout=30) as answer:
        cookies = SimpleCookie()
        for header in answer.headers.get_all("Set-Cookie") or []:
            cookies.load(header)
    return cookies["_streamlit_xsrf"].value if "_streamlit_xsrf" in cookies else ""


def put(base: str, path: str, name: str, raw: bytes, xsrf: str) -> int:
    """Upload a file's bytes as a browser does."""
    edge = "----atlas"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    url = path if path.startswith("http") else f"{base}{path}"
    request = urllib.request.Request(url, data=head + raw + f"\r\n--{edge}--\r\n".encode(), method="PUT")
    request.add_header("Content-Type", f"multipart/form-data; boundary={edge}")
    if xsrf:
        request.add_header("X-Xsrftoken", xsrf)
        request.add_header("Cookie", f"_streamlit_xsrf={xsrf}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return int(answer.status)
