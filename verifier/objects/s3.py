"""Objects in a bucket that speaks S3: Amazon's, SeaweedFS, MinIO, Ceph.

Credentials are found by boto3's usual chain (environment, `~/.aws`, the machine's role) and are never ours to hold; no
message of ours can show them. Every object is sent with its SHA-256, which the store proves before it says yes.
"""

import base64
import hashlib
import io
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from verifier.errors import ArchiveAwayError, ArchiveError, SettingsError
from verifier.objects.base import StoredObject, checked_name
from verifier.objects.reader import PIECE, RangedReader
from verifier.objects.settings import ObjectSettings

_ATTEMPTS = 4
"""Tries of one request, with growing pauses between: some seconds in all, as a short restart of the store takes."""

_CONNECT_SECONDS = 5.0
_CONNECTIONS = 64
_IN_ONE_REQUEST = 32 << 20
"""Bytes of a file that are sent at once; larger ones go in parts, each with a SHA-256 of its own."""

_MOST_DELETED = 1000
"""Of `DeleteObjects` (Amazon S3 API reference)."""

_SERVER_FAILED, _TOO_MANY = 500, 429
"""HTTP statuses that say nothing of the object: from the first on, and the second."""

_NOT_THERE = {"404", "NoSuchKey", "NotFound"}

T = TypeVar("T")


class S3Objects:
    """The objects below `settings.url`/`part`/; thread-safe. Raises SettingsError where boto3 is not installed."""

    def __init__(self, settings: ObjectSettings, part: str) -> None:
        try:
            import boto3
        except ModuleNotFoundError:
            raise SettingsError(
                "objects.url needs boto3, which is not installed; install footnote-verifier[scale]"
            ) from None
        self._session = boto3.session.Session
        bucket, _, prefix = settings.url.removeprefix("s3://").strip("/").partition("/")
        self._bucket, self._prefix = bucket, f"{prefix}/{part}/" if prefix else f"{part}/"
        self._settings = settings
        self._made: Any = None
        self._lock = threading.Lock()

    @property
    def place(self) -> str:
        """The bucket and what the names begin with."""
        return f"s3://{self._bucket}/{self._prefix.rstrip('/')}"

    def put(self, name: str, content: bytes) -> None:
        """Send an object; the store answers when it is durable, and refuses it where its SHA-256 is another."""
        key = self._key(name)
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")

        def send() -> None:
            self._client().put_object(
                Bucket=self._bucket, Key=key, Body=content, ChecksumAlgorithm="SHA256", ChecksumSHA256=digest
            )

        self._asked(name, "written", send)

    def put_file(self, name: str, file: Path) -> None:
        """Send a file; a large one in parts, and then its length is compared."""
        try:
            length = file.stat().st_size
            if length <= _IN_ONE_REQUEST:
                self.put(name, file.read_bytes())
                return
        except OSError as error:
            raise ArchiveError(f"{file}: cannot be read: {error.strerror or error}") from error
        key = self._key(name)

        def send() -> None:
            self._client().upload_file(str(file), self._bucket, key, ExtraArgs={"ChecksumAlgorithm": "SHA256"})

        self._asked(name, "written", send)
        if (kept := self.size(name)) != length:
            raise ArchiveError(f"{self.place}/{name}: {kept} bytes of {length} arrived; try again")

    def get(self, name: str) -> bytes:
        """All bytes of an object."""
        key = self._key(name)

        def ask() -> bytes:
            answer = self._client().get_object(Bucket=self._bucket, Key=key, ChecksumMode="ENABLED")
            return bytes(answer["Body"].read())

        return self._asked(name, "read", ask)

    def get_range(self, name: str, start: int, length: int) -> bytes:
        """Some bytes of an object, by one request."""
        key = self._key(name)
        if length <= 0:
            return b""

        def ask() -> bytes:
            wanted = f"bytes={start}-{start + length - 1}"
            answer = self._client().get_object(Bucket=self._bucket, Key=key, Range=wanted)
            return bytes(answer["Body"].read())

        try:
            return self._asked(name, "read", ask)
        except _OutOfRangeError:
            return b""

    def open(self, name: str) -> BinaryIO:
        """A reader; what fits into one piece is asked for at once."""
        first = self.get_range(name, 0, PIECE)
        if len(first) < PIECE:
            return io.BytesIO(first)
        return io.BufferedReader(RangedReader(self, name), PIECE)

    def list(self, after: str = "") -> Iterator[StoredObject]:
        """The objects by name, a thousand a request."""
        start: dict[str, str] = {"StartAfter": self._prefix + after} if after else {}
        more: dict[str, str] = {}
        while True:
            answer = self._asked("", "listed", partial(self._page, start | more))
            for found in answer.get("Contents", ()):
                name = found["Key"].removeprefix(self._prefix)
                if name and "/" not in name:
                    yield StoredObject(name, found["Size"])
            if not answer.get("IsTruncated"):
                return
            more = {"ContinuationToken": answer["NextContinuationToken"]}

    def size(self, name: str) -> int | None:
        """The length of an object, by one request."""
        key = self._key(name)
        try:
            answer = self._asked(name, "read", lambda: self._client().head_object(Bucket=self._bucket, Key=key))
        except _NotThereError:
            return None
        return int(answer["ContentLength"])

    def delete(self, *names: str) -> None:
        """Remove objects, a thousand a request."""
        for first in range(0, len(names), _MOST_DELETED):
            some = names[first : first + _MOST_DELETED]
            for refused in self._asked(some[0], "removed", partial(self._delete, some)).get("Errors", ()):
                raise ArchiveError(
                    f"s3://{self._bucket}/{refused.get('Key')}: cannot be removed: {refused.get('Code')}"
                )

    def _delete(self, names: Sequence[str]) -> Any:
        keys = [{"Key": self._key(name)} for name in names]
        return self._client().delete_objects(Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True})

    def _page(self, where: Mapping[str, str]) -> Any:
        return self._client().list_objects_v2(Bucket=self._bucket, Prefix=self._prefix, **where)

    def _key(self, name: str) -> str:
        return self._prefix + checked_name(name)

    def _client(self) -> Any:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def _make(self) -> Any:
        from botocore.config import Config

        config = Config(
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=self._settings.timeout,
            retries={"mode": "standard", "total_max_attempts": _ATTEMPTS},
            max_pool_connections=_CONNECTIONS,
            # Other servers than Amazon's know buckets by the path, and not the checksums that boto3 adds by itself.
            s3={"addressing_style": "path" if self._settings.endpoint else "auto"},
            request_checksum_calculation="when_required",
        )
        return self._session().client(
            "s3",
            endpoint_url=self._settings.endpoint or None,
            region_name=self._settings.region or None,
            config=config,
        )

    def _asked(self, name: str, what: str, ask: Callable[[], T]) -> T:
        """What a request is answered with; its failures as ours."""
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError
        from urllib3.exceptions import HTTPError

        there = f"{self.place}/{name}".rstrip("/")
        try:
            return ask()
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            said = error.response.get("Error", {}).get("Message", "")
            words = f"{there}: cannot be {what}: {code}: {said}"
            if code in _NOT_THERE:
                raise _NotThereError(words) from error
            if code in ("InvalidRange", "416"):
                raise _OutOfRangeError(words) from error
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            kind = ArchiveAwayError if status >= _SERVER_FAILED or status == _TOO_MANY else ArchiveError
            raise kind(f"{words}; {_ADVICE.get(code, 'see `verifier doctor`')}") from error
        except NoCredentialsError as error:
            raise ArchiveError(
                f"{there}: cannot be {what}: no credentials were found; set AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY, or a profile in ~/.aws"
            ) from error
        except (BotoCoreError, Boto3Error, HTTPError, OSError) as error:
            raise ArchiveAwayError(
                f"{there}: cannot be {what}: {error}; what was done so far is kept: start again when the store answers"
            ) from error


class _NotThereError(ArchiveError):
    """There is no such object."""


class _OutOfRangeError(ArchiveError):
    """The object ends before."""


_ADVICE = {
    "NoSuchBucket": "make the bucket, or correct objects.url",
    "403": "let these credentials get, put, list and delete objects there",
    "AccessDenied": "let these credentials get, put, list and delete objects there",
    "InvalidAccessKeyId": "check the credentials that boto3 finds",
    "SignatureDoesNotMatch": "check the credentials that boto3 finds, and objects.region",
}
