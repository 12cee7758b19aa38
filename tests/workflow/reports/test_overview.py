"""What does the rail say of each stage as the year goes on?"""

from pathlib import Path

from gaoxin_vote.stages import StageStatus, YearStage
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.reports.overview import office as office_of
from gaoxin_vote.workflow.reports.overview import year_progress
from gaoxin_vote.workflow.session.running import close_session, void_session
from gaoxin_vote.workflow.session.sealing import seal_session
from tests.contests import PEER
from tests.workflow.conftest import Office


def told(workspace: Workspace, year: int) -> dict[YearStage, tuple[StageStatus, str]]:
    return {each.stage: (each.status, each.words) for each in year_progress(workspace, year).stages}


def test_a_year_that_begins_is_empty_stage_by_stage(bare: tuple[Workspace, int, Path]) -> None:
    workspace, year, _ = bare
    stages = told(workspace, year)
    assert list(stages) == list(YearStage)
    assert stages[YearStage.SETUP] == (StageStatus.DONE, "5个单位 · 3位班子成员")
    assert stages[YearStage.CEREMONY][0] is StageStatus.EMPTY
    assert stages[YearStage.ENTRIES] == (StageStatus.EMPTY, "0/5个单位 · 加减分0项")
    assert office_of(workspace) == "高新区考核办"


def test_a_session_shows_how_many_came_back(office: Office) -> None:
    workspace = office.workspace
    session_id, live, _ = office.open(PEER)
    office.vote(session_id, live[0])
    stages = told(workspace, office.year)
    assert stages[YearStage.CEREMONY] == (StageStatus.DONE, "3人中2人可开箱")
    assert stages[YearStage.SESSION] == (StageStatus.PARTIAL, "部门互评进行中 1/5")
    for code in live[1:]:
        office.vote(session_id, code)
    close_session(workspace, session_id)
    progress = {each.stage: each for each in year_progress(workspace, office.year).stages}
    assert progress[YearStage.SESSION].words == "部门互评已结束 5/5"
    assert progress[YearStage.SESSION].missing == ("举行领导评议会议", "部门互评封箱")
    assert progress[YearStage.TALLY].status is StageStatus.EMPTY
    seal_session(workspace, session_id)
    progress = {each.stage: each for each in year_progress(workspace, office.year).stages}
    assert progress[YearStage.TALLY].missing == ("部门互评开箱计票",)
    void_session(workspace, session_id, "试")


def test_a_finalised_year_says_so(sample_year: SampleRun) -> None:
    progress = year_progress(sample_year.workspace, 2017)
    assert progress.final
    assert all(each.status is StageStatus.DONE for each in progress.stages if each.stage.number <= 6)
