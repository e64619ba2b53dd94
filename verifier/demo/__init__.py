"""The demo: a small web of sources on loopback, and a paper that cites it rightly and wrongly in known ways.

Three names are all there is to it: `DemoWeb` serves the sources, `demo_paper` is the PDF, and `PLANTED` lists what a
right checker finds in it. The demo has no path of its own through the code: the ordinary pipeline runs on the paper
with `DemoWeb.hosts` as its `[hosts]` map and private addresses allowed.
"""

from verifier.demo.paper import demo_paper
from verifier.demo.planted import PLANTED, Planted
from verifier.demo.web import DemoWeb

__all__ = ["PLANTED", "DemoWeb", "Planted", "demo_paper"]
