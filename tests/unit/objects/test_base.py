"""What both kinds of object stores do, file by file and object by object."""

import os

import pytest

from verifier.errors import ArchiveError, SettingsError
from verifier.objects import FileObjects, ObjectSettings, S3Objects, StoredObject, open_objects, s3


@pytest.fixture(params=["files", "s3"])
def objects(request, tmp_path):
    if request.param == "files":
        return open_objects(tmp_path / "archive", ObjectSettings())
    return open_objects(tmp_path / "archive", request.getfixturevalue("s3").settings())


def test_the_settings_say_which_it_is(tmp_path, s3):
    assert isinstance(open_objects(tmp_path, ObjectSettings()), FileObjects)
    kept = open_objects(tmp_path / "archive", s3.settings("a/b"))
    assert isinstance(kept, S3Objects)
    assert kept.place == "s3://evidence/a/b/archive"


def test_what_is_put_is_got_whole_and_in_parts(objects):
    content = bytes(range(256)) * 40
    objects.put("a.warc.gz", content)
    assert objects.get("a.warc.gz") == content
    assert objects.get_range("a.warc.gz", 10, 300) == content[10:310]
    assert objects.get_range("a.warc.gz", len(content) - 3, 300) == content[-3:]
    assert objects.get_range("a.warc.gz", len(content), 300) == b""
    assert objects.get_range("a.warc.gz", len(content) + 5, 300) == b""
    assert objects.get_range("a.warc.gz", 0, 0) == b""
    assert objects.size("a.warc.gz") == len(content)


def test_nothing_is_an_object_too(objects):
    objects.put("empty", b"")
    assert (objects.get("empty"), objects.size("empty"), objects.get_range("empty", 0, 5)) == (b"", 0, b"")
    with objects.open("empty") as file:
        assert file.read() == b""


def test_an_object_that_is_put_again_is_the_newer(objects):
    objects.put("pruned", b"first, and longer")
    objects.put("pruned", b"second")
    assert objects.get("pruned") == b"second"


def test_a_file_is_put_in_one_piece_or_in_many(objects, tmp_path, monkeypatch):
    monkeypatch.setattr(s3, "_IN_ONE_REQUEST", 1000)
    for name, length in (("small", 1000), ("large", 9_000_000)):
        (tmp_path / name).write_bytes(content := os.urandom(length))
        objects.put_file(name, tmp_path / name)
        assert objects.size(name) == length
        assert objects.get(name) == content


def test_a_reader_can_seek_and_reads_what_is_longer_than_a_piece(objects, monkeypatch):
    monkeypatch.setattr(s3, "PIECE", 1000)
    content = os.urandom(3500)
    objects.put("long", content)
    with objects.open("long") as file:
        assert file.read(10) == content[:10]
        assert file.read() == content[10:]
        assert file.seek(-5, os.SEEK_END) == 3495
        assert file.read() == content[-5:]
        file.seek(2000)
        assert file.read(1200) == content[2000:3200]


def test_they_are_listed_by_name_also_from_one_on(objects):
    for name in ("b-2", "a-1", "b-10", "B-1"):
        objects.put(name, name.encode())
    assert [one.name for one in objects.list()] == ["B-1", "a-1", "b-10", "b-2"]
    assert list(objects.list(after="b-10")) == [StoredObject("b-2", 3)]
    assert [one.name for one in objects.list(after="b-")] == ["b-10", "b-2"]


def test_nothing_is_listed_where_nothing_was_put(objects):
    assert list(objects.list()) == []


def test_more_than_a_thousand_are_listed_and_removed(objects):
    names = [f"fetch-{number:05}" for number in range(1100)]
    for name in names:
        objects.put(name, b"x")
    assert [one.name for one in objects.list()] == names
    objects.delete(*names[:1050])
    assert [one.name for one in objects.list()] == names[1050:]


def test_what_is_not_there_is_an_error_to_read_and_none_to_remove(objects):
    objects.put("a", b"1")
    objects.delete("a", "never-there")
    objects.delete()
    assert objects.size("a") is None
    for reading in (objects.get, objects.open, lambda name: objects.get_range(name, 0, 5)):
        with pytest.raises(ArchiveError, match="a: cannot be read"):
            reading("a")


@pytest.mark.parametrize("name", ["", "../a", "a/b", ".hidden", "a\nb", "ä"])
def test_no_name_leads_outside(objects, name):
    for verb in (lambda: objects.put(name, b""), lambda: objects.get(name), lambda: objects.delete(name)):
        with pytest.raises(ArchiveError, match="names nothing that is kept"):
            verb()


def test_prefixes_do_not_see_each_other(s3, tmp_path):
    one, other = (open_objects(tmp_path / "archive", s3.settings(prefix)) for prefix in ("a", "a/archive"))
    one.put("x", b"1")
    other.put("y", b"2")
    assert [found.name for found in one.list()] == ["x"]
    assert [found.name for found in other.list()] == ["y"]


def test_a_server_that_is_gone_is_said_in_words_without_secrets(s3, tmp_path):
    objects = open_objects(tmp_path / "archive", s3.settings())
    s3.stop()
    try:
        with pytest.raises(ArchiveError) as error:
            objects.put("a", b"1")
    finally:
        s3.start()
    assert "s3://evidence/tests/one/archive/a: cannot be written" in str(error.value)
    assert "tester" not in str(error.value)
    objects.put("a", b"1")
    assert objects.get("a") == b"1"


def test_a_bucket_that_is_not_there_is_said_with_what_to_do(s3, tmp_path):
    settings = ObjectSettings(url="s3://no-such-bucket/x", endpoint=s3.endpoint)
    with pytest.raises(ArchiveError, match=r"NoSuchBucket.*make the bucket, or correct objects\.url"):
        open_objects(tmp_path / "archive", settings).put("a", b"1")


def test_without_credentials_it_says_where_they_are_looked_for(s3, tmp_path, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(ArchiveError, match="AWS_ACCESS_KEY_ID"):
        open_objects(tmp_path / "archive", s3.settings()).get("a")


def test_without_boto3_it_says_what_to_install(s3, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "boto3", None)
    with pytest.raises(SettingsError, match="scale"):
        open_objects(tmp_path / "archive", s3.settings())


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://bucket"},
        {"url": "s3://"},
        {"url": "s3://bucket/a b"},
        {"url": "s3://key:secret@bucket/a"},
        {"endpoint": "http://user:password@host"},
        {"endpoint": "host:9000"},
    ],
)
def test_settings_that_lead_nowhere_or_hold_a_secret_are_refused(wrong):
    with pytest.raises(ValueError, match="pattern"):
        ObjectSettings(**wrong)
