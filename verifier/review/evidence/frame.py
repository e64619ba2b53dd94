"""The document that evidence is shown in: for a sandboxed frame, with one style sheet and no other right.

The server should send EVIDENCE_POLICY as a header as well, and the frame be under `sandbox` without any token:
each of the three alone keeps what is shown from running, asking and navigating.
"""

import base64
import hashlib

from markupsafe import Markup, escape

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2330; --soft: #5a6372; --page: #fff; --line: #d9dbe0; --mark: #ffe27a;
  --figure: #ffb65c; --on-mark: #1d2330; --gone: #fbd5d2; --come: #cdeccf; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e9ec; --soft: #a3abb8; --page: #1e222a; --line: #343a45; --mark: #ffe27a; --figure: #ffb65c;
    --gone: #5b2a2a; --come: #21472a; } }
body { margin: 0; padding: 1rem; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif;
  overflow-wrap: anywhere; }
main > * { max-width: 44rem; }
p, div, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, blockquote, pre, caption { unicode-bidi: plaintext; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.2rem; } h3, h4, h5, h6 { font-size: 1rem; }
table { border-collapse: collapse; margin: .5rem 0; max-width: none; }
td, th { border: 1px solid var(--line); padding: .2rem .5rem; text-align: left; vertical-align: top; }
pre { white-space: pre-wrap; }
mark { background: var(--mark); color: var(--on-mark); padding: .05em 0; }
mark.figure { background: var(--figure); font-weight: 700; outline: 2px solid #a34a00; }
#passage { scroll-margin: 30vh; }
.link { text-decoration: underline dotted; }
.picture, .page, .left-out { color: var(--soft); font-size: .85rem; }
.page { border-top: 1px solid var(--line); margin: 1.5rem 0 .5rem; padding-top: .25rem; }
.row { font-family: ui-monospace, monospace; font-size: .88rem; }
del { background: var(--gone); } ins { background: var(--come); text-decoration: underline; }
"""

EVIDENCE_POLICY = (
    "default-src 'none'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'"
)
"""The Content-Security-Policy of evidence, also for its header: its own style sheet by its digest, nothing else."""


def framed(body: Markup, *, title: str = "", language: str = "") -> Markup:
    """A whole document around a body that is safe already; title and language (BCP 47, empty: unknown) are escaped."""
    return Markup(
        '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    ).format(
        language=language or "und",
        policy=EVIDENCE_POLICY,
        title=title or "Archived source",
        style=Markup(_STYLE),
        body=escape(body),
    )
