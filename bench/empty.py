"""The limit: a Django view that does nothing, in as many processes as the web has, behind the same server program.

python -m bench.empty web DESCRIPTOR        one process, on a socket that stands
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.serving import Server
from traff.config.serve import WEBS


@contextmanager
def empty(port: int) -> Iterator[Server]:
    """Up and answering; ended afterwards."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        asked = [sys.executable, "-m", "bench.empty", "web", str(listener.fileno())]
        webs = [subprocess.Popen(asked, pass_fds=[listener.fileno()]) for _ in range(WEBS)]
        try:
            time.sleep(2.0)  # until they have begun
            yield Server(port, os.getpid(), 0)
        finally:
            for web in webs:
                web.send_signal(signal.SIGTERM)
                web.wait(10)


def web(descriptor: int) -> None:
    import django
    import uvicorn
    from django.conf import settings
    from django.core.asgi import get_asgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("")

    settings.configure(ROOT_URLCONF=(path("", view),), ALLOWED_HOSTS=["localhost"], SECRET_KEY="of no use")  # noqa: S106
    django.setup()
    configuration = uvicorn.Config(get_asgi_application(), log_level="warning", access_log=False, lifespan="off")
    uvicorn.Server(configuration).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    web(int(sys.argv[2]))
