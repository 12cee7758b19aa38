"""Do the stages of the year stand in their order, each once?"""

from gaoxin_vote.stages import YearStage


def test_the_stages_are_numbered_in_the_order_of_the_work() -> None:
    assert [stage.number for stage in YearStage] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (YearStage.SETUP.number, YearStage.AUDIT.number) == (1, 8)
    assert len({stage.title for stage in YearStage}) == 8
