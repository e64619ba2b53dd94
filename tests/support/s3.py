"""A server that speaks S3 (moto's) on loopback, for tests; it can be stopped and started again with what it holds."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto.server import ThreadedMotoServer

from verifier.objects import ObjectSettings

BUCKET = "evidence"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "tester",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-tester",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


def _unavailable(environment: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """A WSGI application."""
    environment["wsgi.input"].read(int(environment.get("CONTENT_LENGTH") or 0))
    start("503 Service Unavailable", [("Content-Type", "application/xml")])
    return [b"<Error><Code>ServiceUnavailable</Code><Message>Please try again.</Message></Error>"]


class S3Server:
    """The server in threads of this process, so that what it holds outlives its being stopped."""

    def __init__(self) -> None:
        self.refused = 0
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        self._port = self._server.get_host_and_port()[1]
        self.client: Any = boto3.client(
            "s3", endpoint_url=self.endpoint, config=Config(s3={"addressing_style": "path"})
        )
        self.client.create_bucket(Bucket=BUCKET)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def settings(self, prefix: str = "tests/one", **more: Any) -> ObjectSettings:
        return ObjectSettings(url=f"s3://{BUCKET}/{prefix}", endpoint=self.endpoint, **more)

    def environment(self, prefix: str = "tests/one") -> dict[str, str]:
        """The same as variables, for a command."""
        url = f"s3://{BUCKET}/{prefix}"
        return {"VERIFIER_OBJECTS__URL": url, "VERIFIER_OBJECTS__ENDPOINT": self.endpoint}

    def keys(self, prefix: str = "") -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
        return [found["Key"] for page in pages for found in page.get("Contents", ())]

    def stop(self) -> None:
        self._server.stop()

    def start(self) -> None:
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=self._port, verbose=False)
        self._server.start()

    def refuse(self) -> None:
        """Answer every request with 503, until it is started again."""
        self._server._server.app = self._refusing  # the library has no verb for it

    def _refusing(self, environment: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        self.refused += 1
        return _unavailable(environment, start)

    def resume(self) -> None:
        """Answer again, after `stop` or `refuse`."""
        if self._server._server_ready_event.is_set():
            self.stop()
        self.start()

    def reset(self) -> None:
        """Remove every object."""
        for key in self.keys():
            self.client.delete_object(Bucket=BUCKET, Key=key)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        server = S3Server()
        yield server
        server.stop()


@pytest.fixture
def s3(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """The server, empty, and the credentials in the environment."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    yield s3_server
    s3_server.reset()
