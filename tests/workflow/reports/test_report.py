"""What is said of a sheet that is not ready?"""

from gaoxin_vote.workflow.reports.report import Readiness


def test_what_is_waited_for_comes_before_what_is_lacking() -> None:
    assert Readiness().words == ""
    assert Readiness(waiting="尚未计票", lacking=("地点",)).words == "尚未计票"
    assert Readiness(lacking=("地点", "主持人")).words == "缺地点、主持人"
