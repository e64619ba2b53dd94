"""The options that several commands share, worded once."""

from pathlib import Path
from typing import Annotated

import typer

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        help="The data folder (default: VERIFIER_DATA, then verifier.toml, then ./verifier-data).",
        show_default=False,
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The settings file (default: VERIFIER_CONFIG, then ./verifier.toml).",
        show_default=False,
    ),
]
AllowPrivateOption = Annotated[
    bool,
    typer.Option("--allow-private", help="Also ask private and loopback addresses (tests, intranets)."),
]
PauseOption = Annotated[
    float | None,
    typer.Option(
        "--pause",
        metavar="S",
        min=0,
        help="Seconds between two requests to one host (default: fetch.pause of the settings, 1).",
        show_default=False,
    ),
]
