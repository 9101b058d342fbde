"""The site as an ASGI application, each request from first to last in one of a few standing threads.

Everything here is synchronous: Django's own handler would make a thread for every request, with a database connection of
its own that nobody uses again, and hand over between thread and loop at every layer. Standing threads keep their
connections. See docs/decisions/004-standing-threads.md.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import Any

import django
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import FileResponse, HttpResponseBase
from django.urls import set_script_prefix

THREADS = 8  # of one web process, and so its database connections at most


class ThreadedHandler(ASGIHandler):
    """Reads and sends in the loop, answers in a thread."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError(f"Träff answers HTTP alone, not {scope['type']}.")
        await self.handle(scope, receive, send)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        response: Any = await self._in_thread(self.answer, scope, body)
        try:
            await self.send_response(response, send)
        finally:
            if response.streaming:
                await self._in_thread(response.close)

    async def send_response(self, response: Any, send: Any) -> None:
        """A stream is drawn from in the threads, a piece at a time."""
        if response.streaming and not response.is_async:
            response.streaming_content = self._pieces(response.streaming_content)
        await super().send_response(response, send)

    async def _pieces(self, pieces: Any) -> Any:
        while (piece := await self._in_thread(next, pieces, None)) is not None:
            yield piece

    async def _in_thread(self, deed: Callable[..., Any], *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.threads, deed, *given)

    def answer(self, scope: Any, body: "SpooledTemporaryFile[bytes]") -> HttpResponseBase:
        """What Django's WSGI handler does, for an ASGI request. All but a stream is closed here, before it is sent."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        response: Any = refusal if request is None else self.get_response(request)
        response._handler_class = self.__class__
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            response.close()
            body.close()
        return response


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traff.config.settings")
django.setup(set_prefix=False)
application = ThreadedHandler()
