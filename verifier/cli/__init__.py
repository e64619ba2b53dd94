"""The command line: arguments in, tables or JSON out. Each command is a module; heavy imports wait inside it."""

from verifier.cli.app import main

__all__ = ["main"]
