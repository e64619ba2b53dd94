"""Firefox driven by WebDriver BiDi over its own port (w3c.github.io/webdriver-bidi): no driver besides it is needed."""

import itertools
import json
import re
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import websocket

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")

PATIENCE = 120
"""Seconds that an answer may take on a loaded machine."""

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


_SILENT = (
    "app.normandy.enabled",
    "browser.safebrowsing.update.enabled",
    "datareporting.policy.dataSubmissionEnabled",
    "network.captive-portal-service.enabled",
    "network.connectivity-service.enabled",
)
"""Preferences by which it would ask Mozilla's services for something."""


class Firefox:
    """One headless window with a profile of its own; commands by their names in the standard."""

    def __init__(self, profile: Path) -> None:
        assert FIREFOX is not None
        self._numbers = itertools.count(1)
        self._open = ExitStack()
        profile.mkdir(exist_ok=True)
        # Nothing is asked of Mozilla's services: the tests' machine has no network.
        lines = (f'user_pref("{name}", false);' for name in _SILENT)
        (profile / "user.js").write_text("\n".join(lines))
        command = [FIREFOX, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self._open.callback(self._stop)
        self._socket = websocket.create_connection(f"{self._address()}/session", timeout=PATIENCE, suppress_origin=True)
        self._open.callback(self._socket.close)
        self.ask("session.new", capabilities={})
        self._context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def close(self) -> None:
        """End it."""
        self._open.close()

    def _address(self) -> str:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            found = _LISTENING.search(line)
            if found:
                return found[1]
        raise AssertionError("Firefox ended before it listened")

    def _stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def ask(self, method: str, **params: Any) -> Any:
        """Send a command and wait for its answer; events in between are passed over."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                assert answer["type"] == "success", f"{method}: {answer}"
                return answer["result"]

    def get(self, url: str) -> None:
        """Open a page and wait until it is there."""
        self.ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page: text, number or truth."""
        target = {"context": self._context}
        told = self.ask("script.evaluate", expression=expression, target=target, awaitPromise=True)
        assert told["type"] == "success", told
        return told["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is; a longer text is typed."""
        actions = [{"type": kind, "value": letter} for key in keys for letter in key for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.ask("input.performActions", context=self._context, actions=[source])
