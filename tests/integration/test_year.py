"""A month of nights over a web with a script: every event is told once, on the right night, and nothing else."""

import pytest

from benchmarks.year import simulate
from benchmarks.year_script import Told


@pytest.mark.slow
def test_a_month_tells_every_event_once_on_its_night(tmp_path):
    month = simulate(seed=7, nights=30, folder=tmp_path, places=6)
    assert month.differences() == []
    codes = {told.code for told in month.told}
    assert {"figure_disagrees", "link_broken", "link_unconfirmed", ""} <= codes
    assert month.expected.down, "no night without network was planted"


def test_a_difference_is_found(tmp_path):
    month = simulate(seed=2, nights=1, folder=tmp_path, places=1)
    month.told.append(Told(0, "http://h0.example.test/x", "link", "link_broken"))
    assert month.differences() == ["night 0: told: link_broken (link) http://h0.example.test/x"]
