"""A PostgreSQL server of one's own, on loopback, that may be ended as hard as one likes."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self


def server_programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class Cluster:
    """A throw-away server, for as long as the context lasts; `url` is an SQLAlchemy address of an empty database."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="verifier-pg-"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]

    @property
    def url(self) -> str:
        """Where its database is."""
        return f"postgresql+psycopg://verifier@127.0.0.1:{self._port}/verifier"

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        made = ("-U", "verifier", "--auth=trust", "-E", "UTF8", "--locale=C")
        self._run("initdb", "-D", self._folder / "data", *made)
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", self._port, "-U", "verifier", "verifier")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.crash()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Begin, and recover what the last end left."""
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
        self._run("pg_ctl", "-D", self._folder / "data", "-w", "-l", self._folder / "log", "-o", options, "start")

    def crash(self) -> None:
        """End at once, as a machine does that loses its power."""
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: object) -> None:
        line = [str(self._programs / program), *map(str, arguments)]
        if os.geteuid() == 0:  # the server refuses to run as root
            line = ["runuser", "-u", "postgres", "--", *line]
        subprocess.run(line, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
