"""Hostile answers of a second kind: conversations, containers and markup that no field of `hostile_bodies` has."""

# ruff: noqa: E501 - a case a line

import gzip
import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.support.hostile_bodies import _PAGE as PAGE
from tests.support.hostile_pdfs import hostile_pdfs
from tests.support.hostile_web import Reply, Request, Site, answer, redirect

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

_MARKUP: dict[str, str] = {
    "attributes of many names": "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x</p>" + PAGE,
    "one attribute again and again": "<p " + "a=1 " * 400_000 + ">x",
    "an element of 1 MB": f"<{'x' * 300_000}>y</{'x' * 300_000}>" + PAGE,
    "empty elements": "<i></i>" * 60_000,
    "ids without end": "".join(f"<a id=i{n}></a>" for n in range(15_000)) + PAGE,
    "styles without end": "<style>" + "a{color:red}" * 100_000 + "</style>" + PAGE,
    "styles in styles": "<style>" + "@media x{" * 50_000 + "</style>" + PAGE,
    "an svg with entities": "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><svg>&c;&c;</svg>",
    "data addresses": "<img src='data:image/png;base64," + "A" * 800_000 + "'>" + PAGE,
    "an address of 500 kB": f"<a href='http://a.test/{'a/' * 250_000}'>x</a>" + PAGE,
    "a base in circles": "<base href='.'>" * 5_000 + PAGE,
    "a canonical of 100 kB": f"<link rel=canonical href='http://a.test/{'x' * 100_000}'>" + PAGE,
    "canonicals without end": "<link rel=canonical href='http://[::1'>" * 20_000 + PAGE,
    "metas without end": "<meta name=description content='not found 404'>" * 30_000 + PAGE,
    "refreshes without end": "<meta http-equiv=refresh content='9;url=/x'>" * 20_000 + PAGE,
    "a refresh of spaces": "<meta http-equiv=refresh content='0;" + " " * 200_000 + "url" + " " * 200_000 + "'>" + PAGE,
    "scripts as data": "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + PAGE,
    "a title of 1 MB": f"<title>{'404 not found ' * 70_000}</title>" + PAGE,
    "titles without end": "<title>x</title>" * 30_000 + PAGE,
    "headings without end": "<h1>Page not found</h1>" * 5_000,
    "a paragraph of one word": f"<p>{'x' * 300_000}</p>",
    "a paragraph of digits": f"<p>{'1' * 100_000}</p>",
    "a paragraph of thousands": f"<p>{'1,' * 20_000}1</p>",
    "a paragraph of spaces": "<p>" + " " * 500_000 + "</p>" + PAGE,
    "a paragraph of dashes": "<p>" + "-" * 40_000 + "5</p>" + PAGE,
    "a paragraph of marks": "<p>" + "\"'" * 20_000 + "</p>" + PAGE,
    "figures without end": "<p>" + " ".join(f"It has {n} bridges and {n}.5 percent of {n} million tolls." for n in range(800)) + "</p>",
    "ranges without end": "<p>" + "between 1 and 10^9999 to 5-1e400 bridges " * 400 + "</p>",
    "a table of 24,000 cells": "<table>" + ("<tr>" + "<td>1,234" * 200) * 120 + "</table>",
    "a table of one row": "<table><tr>" + "<td>1,234</td>" * 15_000 + "</table>",
    "a table of heads": "<table>" + "<tr><th colspan=1000>x</th></tr>" * 1_000 + "</table>",
    "lists without ends": "<ol><li value=99999999999999999999999>" * 3_000,
    "a form for every word": "<form><input><button>log in</button></form>" * 5_000,
    "bidirectional text": "<p>" + "\u202e\u2066\u202b" * 50_000 + "142</p>" + PAGE,
    "zero width text": "<p>" + "1\u200b4\u200b2\u200b " * 5_000 + "</p>",
    "private letters": "<p>" + "\ue000\U000f0000\ufffe\uffff" * 30_000 + "</p>" + PAGE,
    "letters that grow": "<p>" + "\ufdfa\u0390\u1e9e\u0130" * 10_000 + "</p>" + PAGE,
    "digits of every script": "<p>" + "\u0664\u096a\uff14\U0001d7d2\u2463\u2074" * 3_000 + "</p>",
    "fractions of every kind": "<p>" + "\u00bd\u2189\u215f9\u2044" * 3_000 + "</p>",
    "names of numbers": "<p>" + "million billion hundred thousand and " * 2_000 + "</p>",
    "months without days": "<p>" + "May March 99 June 0000 Sept. 32, 1e9 " * 1_000 + "</p>",
    "a plain page of nulls": "\0" * 50 + PAGE,
    "a page in a comment": "<!--" + PAGE + "-->",
    "a page in a cdata": "<![CDATA[" + PAGE + "]]>",
    "frames in frames": "<frameset><frame src=x>" * 10_000,
    "templates in templates": "<template><table><template>" * 5_000,
    "plaintext": "<plaintext>" + PAGE * 100,
    "an xmp": "<xmp>" * 10_000 + PAGE,
    "selects in selects": "<select><option><select>" * 5_000 + PAGE,
}  # fmt: skip


def _zip(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def _docx(document: str, **more: str | bytes) -> bytes:
    return _zip({"word/document.xml": document} | {name.replace("__", "/"): part for name, part in more.items()})


def _xlsx(sheet: str, **more: str) -> bytes:
    parts = {"xl/workbook.xml": f"<workbook {_S}/>", "xl/worksheets/sheet1.xml": f"<worksheet {_S}>{sheet}</worksheet>"}
    return _zip(parts | {f"xl/{name}.xml": part for name, part in more.items()})


def _containers() -> dict[str, tuple[str, bytes]]:
    """(media type, body) by what is hostile in it."""
    words = (
        f"<w:document {_W}><w:body><w:p><w:r><w:t>The county has 142 bridges.</w:t></w:r></w:p></w:body></w:document>"
    )
    sound = _docx(words)
    laughs = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(8)
    )
    central = sound.rindex(b"PK\x01\x02")
    return {
        "a document with entities": (DOCX, _docx(f"{laughs}]><w:document {_W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>")),
        "a document with a file": (DOCX, _docx(f"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><w:document {_W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>")),
        "a document of tables": (DOCX, _docx(f"<w:document {_W}><w:body>" + "<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000 + "</w:body></w:document>")),
        "a document of controls": (DOCX, _docx(f"<w:document {_W}><w:body>" + "<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000 + "</w:body></w:document>")),
        "a long document": (DOCX, _docx(f"<w:document {_W}><w:body><w:p><w:r><w:t>{'142 ' * 100_000}</w:t></w:r></w:p></w:body></w:document>")),
        "a document over every bound": (DOCX, _docx(words, word__media=b"\0" * 1_000) .replace(struct.pack("<L", len(words)), b"\xff\xff\xff\x7f")),
        "a document in a document": (DOCX, _docx(words, word__embeddings__a=sound, word__embeddings__b=sound)),
        "a document out of place": (DOCX, _zip({"../../word/document.xml": words, "/etc/passwd": "x"})),
        "two documents of one name": (DOCX, sound[:central] + sound[central:central + 46] + sound[central:]),
        "a lie about its size": (DOCX, sound[:central + 20] + struct.pack("<LL", 0xFFFFFFFE, 0xFFFFFFFE) + sound[central + 28:]),
        "a zip64 lie": (DOCX, sound + b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 2**63, 2**63, 2**63, 2**63) + b"PK\x06\x07" + struct.pack("<LQL", 0, 2**63, 1)),
        "an unknown compression": (DOCX, sound[:central + 10] + b"\x63\0" + sound[central + 12:]),
        "an encrypted part": (DOCX, sound[:central + 8] + b"\x01\0" + sound[central + 10:]),
        "a comment of a zip": (DOCX, sound[:-2] + b"\xff\xff" + b"x" * 65535),
        "half a zip": (DOCX, sound[: len(sound) // 2]),
        "a quine of a zip": (DOCX, _zip({f"a{n}.zip": sound for n in range(2_000)})),
        "a sheet of a million columns": (XLSX, _xlsx("<sheetData><row><c r='XFD1048576'><v>1</v></c><c r='ZZZZZZ1'><v>2</v></c></row></sheetData>")),
        "a sheet of many columns": (XLSX, _xlsx("<sheetData>" + "<row><c r='ZZZ1'><v>1</v></c></row>" * 20_000 + "</sheetData>")),
        "a sheet of digits": (XLSX, _xlsx(f"<sheetData><row><c><v>{'9' * 4_301}</v></c><c t='s'><v>{'9' * 4_301}</v></c><c s='{'9' * 4_301}'><v>1e400</v></c><c><v>nan</v></c></row></sheetData>")),
        "a sheet of odd digits": (XLSX, _xlsx("<sheetData><row><c t='s'><v>\u00b2</v></c><c s='\u00b2'><v>1</v></c></row></sheetData>", styles=f"<styleSheet {_S}><cellXfs><xf numFmtId='\u00b2'/></cellXfs></styleSheet>")),
        "a sheet of strings": (XLSX, _xlsx("<sheetData>" + "<row>" + "<c t='s'><v>0</v></c>" * 100 + "</row></sheetData>", sharedStrings=f"<sst {_S}><si><t>{'x' * 300_000}</t></si></sst>")),
        "an svg with a file": ("image/svg+xml", b"<!DOCTYPE svg [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><svg>&b;</svg>"),
        "xml with a parameter": ("text/xml", b"<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://127.0.0.1:1/x'> %b;]><a>x</a>"),
        "xml of attributes": ("text/xml", b"<a " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>"),
        "xml of names": ("text/xml", b"".join(b"<x%d xmlns:a%d='u'>" % (n, n) for n in range(5_000))),
        "xml in another code": ("text/xml; charset=utf-32", b"<?xml version='1.0' encoding='utf-16'?><a>142</a>"),
        "xml with an instruction": ("text/xml", b"<?xml-stylesheet href='file:///etc/passwd'?>" * 20_000 + b"<a>142</a>"),
        "json of keys": ("application/json", b"{" + b",".join(b'"a%d":%d' % (n, n) for n in range(10_000)) + b"}"),
        "json of one key": ("application/json", b"{" + b'"a":1,' * 200_000 + b'"a":2}'),
        "json of powers": ("application/json", b"[1e400,-1e999999999,1E+0000000000000000000005," + b"9" * 4_301 + b"]"),
        "json with an escape": ("application/ld+json", b'{"a":"\\u0000\\u202e\\u001b[2J 142"}'),
        "csv of lines": ("text/csv", b"\r" * 500_000),
        "csv with a null": ("text/csv", b"a,b\0,c\n1,2,3\n" * 1_000),
        "csv of digits": ("text/csv", b"year,bridges\n2020," + b"9" * 4_301 + b"\n2021,1e400\n"),
        "a charset of charsets": ("text/html; charset=utf-8; charset=utf-16; charset=\"a\\", PAGE.encode()),
        "a charset that is undefined": ("text/html; charset=undefined", PAGE.encode()),
        "a charset that is a module": ("text/html; charset=os.system", PAGE.encode()),
        "a charset of 1 MB in the page": ("text/html", b"<meta charset='" + b"x" * 300_000 + b"'>" + PAGE.encode()),
        "escapes of iso-2022": ("text/html; charset=iso-2022-jp", b"\x1b$B" * 100_000 + PAGE.encode()),
        "hz": ("text/html; charset=hz", b"~{" * 100_000 + PAGE.encode()),
        "punycode": ("text/html; charset=punycode", b"a-" + b"9" * 20_000),
        "a page that is a PDF": ("text/html", b"%PDF-1.7\n" + PAGE.encode()),
        "a PDF that is a page": ("application/pdf", PAGE.encode()),
        "a picture that is a page": ("image/png", PAGE.encode()),
        "a page of many types": ("text/html, application/pdf, " * 500, PAGE.encode()),
        "a multipart": ("multipart/mixed; boundary=" + "x" * 10_000, b"--" + b"x" * 10_000 + b"\r\n\r\n" + PAGE.encode()),
    }  # fmt: skip


def _said(data: bytes, pause: float = 0.0, times: int = 1) -> Callable:
    """Bytes as they are, so many times, then the end of the connection."""

    def reply(sock, _request: Request) -> None:
        for _ in range(times):
            sock.sendall(data)
            time.sleep(pause)
        raise ConnectionAbortedError

    return reply


def _without_end(head: bytes, piece: bytes) -> Callable:
    def reply(sock, _request: Request) -> None:
        sock.sendall(head)
        while True:
            sock.sendall(piece)

    return reply


_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_BODY = PAGE.encode()
_SIZED = b"Content-Length: %d\r\n\r\n" % len(_BODY) + _BODY


def _conversations() -> dict[str, Reply]:
    squeezed = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(squeezed.compress(b"\0" * 300_000) for _ in range(60)) + squeezed.flush()
    return {
        "chunks without end": _without_end(_CHUNKED, b"1\r\nx\r\n" * 1_000),
        "an extension without end": _without_end(_CHUNKED, b"x" * 10_000),
        "a chunk of 2^64": _said(_CHUNKED + b"ffffffffffffffff\r\n" + _BODY),
        "a negative chunk": _said(_CHUNKED + b"-5\r\n" + _BODY),
        "a chunk that is none": _said(_CHUNKED + b"zz\r\n" + _BODY),
        "chunks one in the other": _said(_OK + b"Transfer-Encoding: chunked, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        "trailers without end": _without_end(_CHUNKED + b"0\r\n", b"X-A: b\r\n" * 1_000),
        "chunked and sized": _said(_CHUNKED[:-2] + b"Content-Length: 3\r\n\r\n" + b"%x\r\n" % len(_BODY) + _BODY + b"\r\n0\r\n\r\n"),
        "a length too short": _said(_OK + b"Content-Length: 10\r\n\r\n" + _BODY),
        "a length too long": _said(_OK + b"Content-Length: 999999\r\n\r\n" + _BODY),
        "a negative length": _said(_OK + b"Content-Length: -1\r\n\r\n" + _BODY),
        "two lengths": _said(_OK + b"Content-Length: 5\r\nContent-Length: 700\r\n\r\n" + _BODY),
        "a length of digits": _said(_OK + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n" + _BODY),
        "a length in another script": _said(_OK + "Content-Length: \u0665\r\n\r\n".encode() + _BODY),
        "a body without end": _without_end(_OK + b"\r\n", b"<p>142 bridges</p>" * 1_000),
        "a thousand headers": _said(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 1_000 + _SIZED),
        "headers without end": _without_end(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 1_000),
        "a header without end": _without_end(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 10_000),
        "a status without end": _without_end(b"HTTP/1.1 200 ", b"O" * 10_000),
        "a header folded": _said(b"HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\n\td\r\n" + _SIZED),
        "a header without a colon": _said(b"HTTP/1.1 200 OK\r\nnonsense\r\n: x\r\n" + _SIZED),
        "a header with a null": _said(b"HTTP/1.1 200 OK\r\nX-A: a\0b\r\nLocation: \0\r\n" + _SIZED),
        "line feeds alone": _said(_OK.replace(b"\r\n", b"\n") + _SIZED.replace(b"\r\n", b"\n")),
        "a status of 99": _said(b"HTTP/1.1 99 Low\r\n" + _SIZED),
        "a status of 999": _said(b"HTTP/1.1 999 High\r\n" + _SIZED),
        "a status of digits": _said(b"HTTP/1.1 " + b"2" * 5_000 + b" OK\r\n" + _SIZED),
        "a version of 9": _said(b"HTTP/9.9 200 OK\r\n" + _SIZED),
        "no version": _said(_BODY),
        "interim without end": _without_end(b"", b"HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\n" * 100),
        "another protocol": _said(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n\0\0\0"),
        "no content with content": _said(b"HTTP/1.1 204 No\r\nContent-Length: 700\r\n\r\n" + _BODY),
        "a part that was not asked for": _said(b"HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-5/99999\r\n" + _SIZED),
        "not modified, unasked": _said(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        "a bomb in chunks": _said(_CHUNKED[:-2] + b"Content-Encoding: gzip\r\n\r\n" + b"%x\r\n" % len(bomb) + bomb + b"\r\n0\r\n\r\n"),
        "a gzip name without end": answer(b"\x1f\x8b\x08\x08\0\0\0\0\0\x03" + b"x" * 500_000, headers={"Content-Encoding": "gzip"}),
        "a gzip with an extra field": answer(gzip.compress(_BODY)[:3] + b"\x04" + gzip.compress(_BODY)[4:], headers={"Content-Encoding": "gzip"}),
        "a thousand cookies": answer(PAGE, headers={"Set-Cookie": "; ".join(f"a{n}={'x' * 40}" for n in range(1_000))}),
        "a cookie for all": redirect("/x", Set_Cookie="a=b; Domain=test; Path=/; Secure; HttpOnly"),
        "a cookie that changes": redirect("/x", Set_Cookie="a=" + "9" * 4_000),
        "to a file": redirect("file:///etc/passwd"),
        "to data": redirect("data:text/html,<p>142 bridges</p>"),
        "to a script": redirect("javascript:alert(1)"),
        "to ftp": redirect("ftp://a.test/x"),
        "to this machine": redirect("http://127.0.0.1:1/x"),
        "to the metadata": redirect("http://169.254.169.254/latest/meta-data/"),
        "to a scoped address": redirect("http://[fe80::1%25eth0]/x"),
        "to an address in an address": redirect("http://[::ffff:127.0.0.1]:1/x"),
        "to another port": redirect("http://a.test:22/x"),
        "to a port of digits": redirect("http://a.test:" + "9" * 400 + "/x"),
        "to a name of 10 kB": redirect("http://" + "a" * 10_000 + ".test/x"),
        "to a name of labels": redirect("http://" + "a." * 5_000 + "test/x"),
        "to a name in another script": redirect("http://\u3002\u3002/x"),
        "to itself": redirect(""),
        "to an address of 1 MB": redirect("/" + "x" * 60_000),
        "to blanks": redirect(" \t http://a b.test/ x"),
        "to credentials": redirect("http://user:" + "p" * 5_000 + "@127.0.0.1:1/x"),
        "to many places": answer("", 302, {"Location": "/a\r\nLocation: /b\r\nLocation: /c"}),
        "a refresh to a file": answer(PAGE, headers={"Refresh": "0;url=file:///etc/passwd"}),
        "a wait until year 9999": answer("", 503, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}),
        "a wait before the beginning": answer("", 503, {"Retry-After": "Thu, 01 Jan 0001 00:00:00 GMT"}),
        "a wait of nothing": answer("", 429, {"Retry-After": "nan"}),
        "a link header of links": answer(PAGE, headers={"Link": "<http://a.test/x>; rel=canonical, " * 1_500}),
        "a policy of 60 kB": answer(PAGE, headers={"Content-Security-Policy": "x" * 60_000}),
        "an authentication of noise": answer("", 401, {"WWW-Authenticate": "Basic realm=\"" + "\udcff" * 200}),
    }  # fmt: skip


def hostile_answers() -> dict[str, Reply]:
    """A reply to a GET by what is hostile in it."""
    replies: dict[str, Reply] = {name: answer(body.encode("utf-8", "replace")) for name, body in _MARKUP.items()}
    replies |= {name: answer(body, content_type=kind) for name, (kind, body) in _containers().items()}
    replies |= {f"{name}, a PDF": answer(body, content_type="application/pdf") for name, body in hostile_pdfs().items()}
    return replies | _conversations()


ROBOTS: dict[str, str] = {
    "a robots.txt of stars": "User-agent: *\nDisallow: /" + "*a" * 5_000 + "$\n",
    "a robots.txt of groups": "User-agent: *\nDisallow: /x\n\n" * 15_000,
    "a robots.txt of delays": "User-agent: *\nCrawl-delay: " + "9" * 4_301 + "\n",
    "a robots.txt of noise": "\0\ufeff\u202eUser-agent\n:::\n" * 5_000,
}
"""Robots.txt files by what is hostile in them; they are read where a site is asked twice."""


def hostile_sites() -> dict[str, Site]:
    """Sites whose robots.txt is hostile, by its name; all else is a page."""
    return {
        name: Site({"/robots.txt": answer(text, content_type="text/plain")}, answer(PAGE))
        for name, text in ROBOTS.items()
    }
