"""Hostile responses: heads and bodies made to crash, hang or bloat whoever reads them."""

import gzip
import hashlib
import zlib
from collections.abc import Mapping

from tests.support.hostile_web import answer

_TEXT = "<p>The bridges of the county carried 41 million crossings in the year, two percent more than before.</p>" * 8
_PAGE = f"<html><head><title>Bridges</title></head><body><main>{_TEXT}</main></body></html>"

_NOISE = hashlib.shake_256(b"noise").digest(500)  # as compressed bytes look

_NESTED = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "button",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "font",
    "form",
    "h1",
    "i",
    "iframe",
    "li",
    "main",
    "math",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "pre",
    "ruby",
    "select",
    "span",
    "sub",
    "sup",
    "svg",
    "table",
    "td",
    "template",
    "textarea",
    "title",
    "tr",
    "ul",
    "x-y",
]

_MARKUP: dict[str, str] = {
    "lists in lists": "<ul><li>a" * 600,
    "spans that push each other": "<table>" + "<tr><td colspan=1000 rowspan=65534>4,312</td></tr>" * 100 + "</table>",
    "a span of 400 digits": f"<table><tr><td colspan={'9' * 400}>1<td>2<tr><td>3<td>4</table>",
    "links without end": "<a href=/x>y</a>" * 60_000,
    "deep in a cell": "<table><tr><td>1<td>2<tr><td>" + "<b>" * 20_000 + "5<td>3</table>",
    "tables in tables": "<table><tr><td>" * 3_000,
    "many tables": "<table><tr><th>1</th><td>2</td></tr></table>" * 1_000,
    "raised in raised": "<sup>" * 20_000 + "1",
    "attributes": "<p " + "a=b " * 100_000 + ">x",
    "one long attribute": f"<p title='{'x' * 400_000}'>x",
    "a style of spaces": "<p style='display" + " " * 100_000 + "'>x",
    "a class of frames": "<div class='" + "nav-" * 50_000 + "'>x",
    "entities": "&#1114112;&#0;&#xD800;&bogus;" * 5_000,
    "a doctype bomb": "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;&b;'>]><html>&d;&d;</html>",
    "comments never ended": "<!--" * 5_000,
    "scripts never ended": "<script>" * 5_000,
    "noscript never ended": "<noscript>" * 2_000,
    "a refresh of 400 digits": f"<meta http-equiv=refresh content='{'9' * 400};url=/x'>",
    "a refresh to nowhere": "<meta http-equiv=refresh content='0;url=http://[::1/%zz'>",
    "a base that is none": "<base href='http://[/'><a href=x>y</a>" + _PAGE,
    "dates that are none": "<meta property=article:published_time content='99999-99-99T99:99'>" + _PAGE,
    "a date of 4301 digits": f"<time datetime='{'9' * 4301}-01-01'>x</time>" + _PAGE,
    "a figure of 400 digits": f"<p>The county has {'7' * 400} bridges.</p>" + _PAGE,
    "a figure of 4301 digits": f"<p>The county has {'7' * 4301} bridges.</p>" + _PAGE,
    "powers": "<p>10<sup>999999999</sup> and 1e999999999 and 2^99999999</p>" + _PAGE,
    "turned text": "<title>\u202egnp.exe\u2066</title>" + _PAGE,
    "combining marks": "<p>a" + "\u0301" * 100_000 + "</p>",
    "a language of 100 kB": f"<html lang='{'x' * 100_000}'>" + _PAGE,
}

_KINDS: dict[str, tuple[str, bytes]] = {
    "json in json": ("application/json", b"[" * 300_000),
    "json objects": ("application/json", b'{"a":' * 100_000),
    "json digits": ("application/json", b'{"a": ' + b"9" * 5_000 + b"}"),
    "json infinity": ("application/json", b'{"a": [NaN, Infinity, 1e999999]}'),
    "json half a pair": ("application/json", b'{"a": "\\ud800 bridges"}'),
    "xml in xml": ("application/xml", b"<a>" * 100_000),
    "a billion laughs": (
        "application/xml",
        b"<!DOCTYPE a [<!ENTITY a 'ha'>"
        + b"".join(b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
        + b"]><a>&j;</a>",
    ),
    "a file as entity": ("application/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    "csv of quotes": ("text/csv", b'"' * 300_001),
    "csv of commas": ("text/csv", b"," * 300_000),
    "csv with one long cell": ("text/csv", b'a,"' + b"x" * 300_000 + b'"\n1,2'),
    "plain zeros": ("text/plain", b"\0" * 300_000),
    "utf-7": ("text/plain; charset=utf-7", b"+AGEAYg-" * 1_000),
    "a charset that is none": ("text/html; charset=rot13", _PAGE.encode()),
    "a codec that is no charset": ("text/html; charset=zlib_codec", _PAGE.encode()),
    "idna as charset": ("text/html; charset=idna", _PAGE.encode()),
    "half of utf-16": ("text/html; charset=utf-16", b"\xff\xfe<\x00\xd8"),
    "surrogates in utf-8": ("text/html; charset=utf-8", b"<p>\xed\xa0\x80</p>" * 1_000),
    "comments before nothing": ("application/pdf", b"<!---->" * 140 + b"x"),
    "comments without a type": ("-", b"<!---->" * 140 + b"x"),
    "a pdf of nothing": ("application/pdf", b"%PDF-1.7\n"),
    "a pdf in circles": (
        "application/pdf",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 999999999>>endobj\ntrailer<</Root 1 0 R>>",
    ),
    "a pdf of brackets": ("application/pdf", b"%PDF-1.4\n1 0 obj" + b"[" * 200_000 + b"\ntrailer<</Root 1 0 R>>"),
    "a zip of nothing": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"PK\x05\x06" + b"\0" * 18,
    ),
    "a sheet of noise": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        b"PK\x03\x04" + b"x" * 999,
    ),
    "a type of 100 kB": ("x" * 40_000 + "/y", b"x"),
}


def _coded() -> dict[str, tuple[str, bytes]]:
    page = _PAGE.encode()
    whole = gzip.compress(page)
    empty = gzip.compress(b"")
    return {
        "br": ("br", b"\x8b\x07\x80" + _NOISE),
        "zstd": ("zstd", b"\x28\xb5\x2f\xfd" + _NOISE),
        "compress": ("compress", b"\x1f\x9d\x90noise"),
        "gzip twice": ("gzip, gzip", gzip.compress(whole)),
        "gzip four times": ("gzip, gzip, gzip, gzip", whole),
        "gzip twenty times": (", ".join(["gzip"] * 20), whole),
        "gzip then br": ("gzip, br", whole),
        "gzip that breaks off": ("gzip", whole[:-20]),
        "gzip that is a page": ("gzip", page),
        "gzip with a wrong sum": ("gzip", whole[:-8] + b"\0" * 8),
        "gzip with noise behind": ("gzip", whole + b"noise" * 1_000),
        "empty members": ("gzip", empty * 9_000),
        "more empty members": ("gzip", empty * 30_000),
        "a bomb": ("gzip", gzip.compress(b" " * 20_000_000)),
        "a bomb of pages": ("gzip", gzip.compress(b"<div>" * 4_000_000)),
        "a bomb in a bomb": ("gzip, gzip", gzip.compress(gzip.compress(b" " * 20_000_000))),
        "raw deflate that breaks off": ("deflate", zlib.compress(page)[2:-30]),
        "a coding with an accent": ("gzíp", page),
    }


_HEADS: dict[str, Mapping[str, str]] = {
    "a canonical link with an accent": {"Link": "</Élysée>; rel=canonical"},
    "a cookie with an accent": {"Set-Cookie": "é=1; Path=/"},
    "a cookie in Chinese": {"Set-Cookie": "名=值; Path=/"},
    "a cookie of digits": {"Set-Cookie": f"a=b; Max-Age={'9' * 4301}"},
    "a cookie that ends in year 99999": {"Set-Cookie": "a=b; Expires=Fri, 31 Dec 99999 23:59:59 GMT"},
    "a name with an accent": {"X-Élan": "1"},
    "bytes that are no UTF-8": {"X-Bytes": "\udcff\udcfe; a=\udcff"},
    "a parameter with an accent": {"Content-Disposition": 'inline; é="ü"; filename="ö'},
    "a date that is none": {"Last-Modified": "Xyz, 99 Abc 99999 99:99:99 +9999"},
    "a date of digits": {"Last-Modified": "9" * 4301},
    "a zone of days": {"Last-Modified": "Mon, 01 Jan 2024 00:00:00 +9999"},
    "a refresh of digits": {"Refresh": f"{'9' * 4301};url=/x"},
    "a refresh to brackets": {"Refresh": "0;url=http://[::1"},
    "a wait of digits": {"Retry-After": "9" * 4301},
    "an etag of noise": {"ETag": 'W/"\udcff"'},
    "many commas": {"Link": "<" + "," * 30_000},
    "angle brackets": {"Link": "<" * 30_000},
    "an escape": {"Server": "\x1b]0;owned\x07\x1b[2J"},
    "tabs": {"X-Tab": "\t" * 1_000},
    "a language header": {"Content-Language": "x" * 30_000},
    "a charset of noise": {"Content-Type": "text/html; charset=\udcff"},
    "a charset of quotes": {"Content-Type": "text/html; charset=\"'" + '"' * 1_000},
}


def hostile_replies() -> dict[str, bytes]:
    """A response to a GET by what is hostile in it."""
    replies = {name: answer(body.encode("utf-8", "replace")) for name, body in _MARKUP.items()}
    replies |= {f"nested {tag}": answer(f"<{tag}>" * 20_000) for tag in _NESTED}
    replies |= {name: answer(body, content_type=kind) for name, (kind, body) in _KINDS.items()}
    replies |= {name: answer(body, headers={"Content-Encoding": coding}) for name, (coding, body) in _coded().items()}
    replies |= {name: answer(_PAGE, headers=headers) for name, headers in _HEADS.items()}
    return replies
