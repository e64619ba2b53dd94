"""What people and programs read of a run: JSON, a terminal page, one HTML file.

A `Report` renders a `RunReport`; the JSON shapes of the single commands are in `interchange`.
"""

from verifier.reports.contents import Report, ReportedFinding, RunReport

__all__ = ["Report", "ReportedFinding", "RunReport"]
