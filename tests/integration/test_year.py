"""A month of nights over a web with a script: every event is told once, on the right night, and nothing else."""

import pytest

from tests.support.year import Year, simulate
from tests.support.year_script import Expectation, Told, write_script

DEAD = Told(3, "http://h0.example.test/x", "link", "link_broken")
HEALED = Told(9, "http://h0.example.test/x", "link", "")


@pytest.mark.slow
def test_a_month_tells_every_event_once_on_its_night(tmp_path):
    month = simulate(seed=7, nights=30, folder=tmp_path, places=6)
    assert month.differences() == []
    codes = {told.code for told in month.told}
    assert {"figure_disagrees", "link_broken", "link_unconfirmed", "link_unreachable", ""} <= codes
    assert month.expected.down, "no night without network was planted"


@pytest.mark.parametrize(
    ("told", "differences"),
    [
        ([DEAD, HEALED], []),
        ([HEALED], ["night 3: not told: link_broken (link) http://h0.example.test/x"]),
        ([DEAD, DEAD, HEALED], ["night 3: told: link_broken (link) http://h0.example.test/x"]),
        ([DEAD], ["night 9: not told: healed (link) http://h0.example.test/x"]),
    ],
)
def test_what_is_left_out_or_told_twice_is_a_difference(told, differences):
    year = Year(write_script(1, 10, 1), Expectation([DEAD, HEALED]), told, [], 0.0)
    assert year.differences() == differences
