"""A hostile web on loopback: every host of `*.example.test` behaves as its case says."""

import contextlib
import gzip
import socket
import socketserver
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: the target and the head's lines, as they came."""

    target: str
    head: str

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def header(self, name: str) -> str:
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""


Reply = bytes | Callable[[socket.socket, Request], None]


@dataclass(frozen=True, slots=True)
class Site:
    """A host: what it answers to each target, and to all others."""

    replies: Mapping[str, Reply] = field(default_factory=dict)
    others: Reply = b""

    def reply_to(self, target: str) -> Reply:
        return self.replies.get(target, self.others)


def answer(
    body: bytes | str = b"",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    content_type: str = "text/html; charset=utf-8",
) -> bytes:
    """A whole response with a right Content-Length."""
    payload = body.encode() if isinstance(body, str) else body
    fields = {"Content-Type": content_type, "Content-Length": str(len(payload)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value != "-")
    return f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode("utf-8", "surrogateescape") + payload


def redirect(location: str, status: int = 302, **headers: str) -> bytes:
    """A redirect; the location goes on the wire as raw UTF-8."""
    return answer("", status, {"Location": location, **{k.replace("_", "-"): v for k, v in headers.items()}})


def gzipped(body: bytes | str, coding: str = "gzip") -> bytes:
    payload = body.encode() if isinstance(body, str) else body
    if coding == "gzip":
        return answer(gzip.compress(payload), headers={"Content-Encoding": "gzip"})
    if coding == "raw-deflate":
        squeezer = zlib.compressobj(wbits=-15)
        return answer(squeezer.compress(payload) + squeezer.flush(), headers={"Content-Encoding": "deflate"})
    return answer(zlib.compress(payload), headers={"Content-Encoding": coding})


def chunked(body: bytes | str, *, ended: bool = True) -> bytes:
    payload = body.encode() if isinstance(body, str) else body
    pieces = b"".join(
        b"%x\r\n%s\r\n" % (len(payload[i : i + 50]), payload[i : i + 50]) for i in range(0, len(payload), 50)
    )
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    return head + pieces + (b"0\r\n\r\n" if ended else b"")


def then(*replies: Reply) -> Reply:
    """One reply after the other, the last for ever."""
    counter = iter(range(10**9))
    lock = threading.Lock()

    def reply(sock: socket.socket, request: Request) -> None:
        with lock:
            turn = min(next(counter), len(replies) - 1)
        send(sock, request, replies[turn])

    return reply


def reset(after: bytes = b"") -> Reply:
    """Send something, then reset the connection."""

    def reply(sock: socket.socket, request: Request) -> None:
        if after:
            sock.sendall(after)
            time.sleep(0.05)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise ConnectionAbortedError

    return reply


def hang_up(after: bytes = b"") -> Reply:
    """Send something, then close."""

    def reply(sock: socket.socket, request: Request) -> None:
        sock.sendall(after)
        raise ConnectionAbortedError

    return reply


def drip(piece: bytes, pause: float, head: bytes = b"") -> Reply:
    """A head, then a piece now and then, without end."""

    def reply(sock: socket.socket, request: Request) -> None:
        sock.sendall(head)
        while True:
            sock.sendall(piece)
            time.sleep(pause)

    return reply


def silent(seconds: float) -> Reply:
    """Nothing for a while."""

    def reply(sock: socket.socket, request: Request) -> None:
        time.sleep(seconds)
        raise ConnectionAbortedError

    return reply


def send(sock: socket.socket, request: Request, reply: Reply) -> None:
    if callable(reply):
        reply(sock, request)
    else:
        sock.sendall(reply)


class HostileWeb:
    """Serves sites by their Host header; `seen` holds (host, target) of every request in order."""

    def __init__(self, sites: Mapping[str, Site], tls: ssl.SSLContext | None = None) -> None:
        self.sites = dict(sites)
        self.seen: list[tuple[str, str]] = []
        self.heads: list[Request] = []
        self.connections = 0
        web = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                web.connections += 1
                with contextlib.suppress(OSError):
                    web._converse(tls.wrap_socket(self.request, server_side=True) if tls else self.request)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            block_on_close = False
            request_queue_size = 128

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def hosts(self) -> dict[str, str]:
        return {"*.test": f"127.0.0.1:{self.port}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _converse(self, sock: socket.socket) -> None:
        pending = b""
        while True:
            while b"\r\n\r\n" not in pending:
                data = sock.recv(65536)
                if not data or data.startswith(b"\x16\x03"):  # a TLS greeting where plain HTTP is spoken
                    sock.sendall(answer("", 400))
                    return
                pending += data
            head, _, pending = pending.partition(b"\r\n\r\n")
            text = head.decode("latin-1")
            request = Request(text.split(" ", 2)[1], text)
            host = request.header("Host").partition(":")[0]
            self.seen.append((host, request.target))
            self.heads.append(request)
            reply = self.sites[host].reply_to(request.target) if host in self.sites else answer("", 404)
            send(sock, request, reply or answer("<title>404 Not Found</title><h1>Not Found</h1>", 404))
            if not callable(reply) and b"connection: close" in reply.lower()[:2000]:
                return
