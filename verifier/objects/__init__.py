"""Where archive and documents are kept: files of the data folder, or objects in a store that speaks S3.

One seam, `ObjectStore`, with two implementations. What is kept never changes: an object is written whole, named once,
and later read or deleted.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier.objects.base import ObjectStore, StoredObject
from verifier.objects.files import FileObjects
from verifier.objects.settings import ObjectSettings

if TYPE_CHECKING:
    from verifier.objects.editions import Editions
    from verifier.objects.s3 import S3Objects

__all__ = ["Editions", "FileObjects", "ObjectSettings", "ObjectStore", "S3Objects", "StoredObject", "open_objects"]


def open_objects(folder: Path, settings: ObjectSettings) -> ObjectStore:
    """What is kept in `folder`, or, where the settings name a bucket, below the folder's name there.

    Nothing is asked of the bucket yet. Raises SettingsError where boto3 is not installed.
    """
    if not settings.url:
        return FileObjects(folder)
    from verifier.objects.s3 import S3Objects

    return S3Objects(settings, folder.name)


def __getattr__(name: str) -> Any:
    if name == "S3Objects":
        from verifier.objects.s3 import S3Objects

        return S3Objects
    if name == "Editions":
        from verifier.objects.editions import Editions

        return Editions
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
