"""Drafts: documents without pages (Word, OpenDocument, HTML, Markdown, LaTeX, EPUB) as paragraphs with notes.

One module a format turns a file into a `Draft`; `assemble` makes of it what `verifier.parser.extract` answers.
"""
