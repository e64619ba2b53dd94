"""Time `verifier links`, archiving on, beside plain `requests` and linkinator against one web on loopback.

    python benchmarks/links_speed.py                         2,000 addresses on 20 hosts that answer after 200 ms
    python benchmarks/links_speed.py --latency 0.05 --hosts 40

The ideal is one request per host in flight: hosts / latency. linkinator (`npm install -g linkinator`) is no dependency
of this project; its row says so where it is missing. Linux only: the hosts are 127.0.2.1, 127.0.2.2, ...
"""

import argparse
import asyncio
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PORT = 8977
PARAGRAPH = "<p>" + "The bridges of the county carried 41 million crossings in the year, and tolls paid for paint. " * 8
MEGABYTE = 1024


@dataclass
class Seen:
    """What the web saw of one contender."""

    requests: int = 0
    open_now: Counter[str] = None  # type: ignore[assignment]
    most_connections: int = 0

    def __post_init__(self) -> None:
        self.open_now = Counter()


class Web(threading.Thread):
    """Loopback hosts that answer any address with 20 KB after a while; keep-alive."""

    def __init__(self, hosts: int, latency: float) -> None:
        super().__init__(daemon=True)
        self.hosts = [f"127.0.2.{number + 1}" for number in range(hosts)]
        self.latency = latency
        self.seen = Seen()
        self.ready = threading.Event()

    def run(self) -> None:
        """Serve until the process ends."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        for host in self.hosts:
            await asyncio.start_server(self._converse, host, PORT, backlog=512)
        self.ready.set()
        await asyncio.Event().wait()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, seen = writer.get_extra_info("sockname")[0], self.seen
        seen.open_now[host] += 1
        seen.most_connections = max(seen.most_connections, seen.open_now[host])
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                seen.requests += 1
                path = head.split(b" ", 2)[1].decode()
                await asyncio.sleep(self.latency)
                page = f"<!doctype html><title>Report {path}</title><h1>Report {path}</h1>{PARAGRAPH * 26}".encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page))
                writer.write(page)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            seen.open_now[host] -= 1
            writer.close()


def ask_with_requests(addresses: Sequence[str]) -> None:
    """Plain requests: a session and a thread for each host, every body read, nothing kept."""
    import requests

    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc].append(address)

    def work(of_host: Sequence[str]) -> None:
        with requests.Session() as session:
            for address in of_host:
                assert session.get(address, timeout=20).content

    threads = [threading.Thread(target=work, args=(of_host,)) for of_host in by_host.values()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def measure(name: str, command: Sequence[str], web: Web, addresses: int, **environment: str) -> str:
    """One row of the table."""
    web.seen = Seen()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **environment})
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read()[-300:].decode(errors="replace")
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    rate, ideal = web.seen.requests / wall, len(web.hosts) / web.latency
    if process.returncode not in (0, 1) or web.seen.requests < addresses:
        return f"{name:28} failed after {web.seen.requests} requests: {said}"
    return (
        f"{name:28} {rate:8.1f}/s {rate / ideal:7.0%} {processor / addresses * 1000:8.2f} s "
        f"{used.ru_maxrss // MEGABYTE:7} MB {web.seen.most_connections:6}"
    )


def main() -> None:
    """Run all contenders one after the other and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--addresses", type=int, default=2000)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--latency", type=float, default=0.2, help="seconds before each answer")
    parser.add_argument("--ask-with-requests", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ask_with_requests:
        ask_with_requests(options.ask_with_requests.read_text().split())
        return
    web = Web(options.hosts, options.latency)
    web.start()
    web.ready.wait()
    print(f"ideal: {options.hosts / options.latency:.0f}/s")
    print(f"{'':28} {'rate':>10} {'of ideal':>7} {'CPU/1000':>10} {'memory':>10} conn/host")
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "addresses.txt")
        urls = [f"http://{web.hosts[n % options.hosts]}:{PORT}/report/{n}" for n in range(options.addresses)]
        listed.write_text("\n".join(urls) + "\n")
        links = [sys.executable, "-m", "verifier", "links", str(listed), "--jsonl", "--allow-private", "--pause", "0"]
        data = ["--data", str(Path(folder, "data"))]
        workers = {"VERIFIER_FETCH__WORKERS": str(options.hosts)}
        print(measure("verifier links, archiving", [*links, *data], web, len(urls), **workers))
        plain = [sys.executable, __file__, "--ask-with-requests", str(listed)]
        print(measure("requests, thread per host", plain, web, len(urls)))
        peer = shutil.which("linkinator")
        if peer is None:
            print(f"{'linkinator':28} not installed")
        else:
            page = Path(folder, "page.html")
            page.write_text("".join(f'<a href="{url}">x</a>\n' for url in urls))
            crawl = [peer, str(page), "--concurrency", str(options.hosts), "--format", "csv"]
            print(measure("linkinator", crawl, web, len(urls)))


if __name__ == "__main__":
    main()
