"""Sessions under other schemes: abstentions that count, leaders who weigh differently."""

from pathlib import Path

import pytest

from gaoxin_vote.domain.ballot import Mark
from gaoxin_vote.domain.scheme import SchemeReason
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.domain.session import SessionId, SlipMode
from gaoxin_vote.errors import Refused
from gaoxin_vote.spreadsheets.kinds.units import LEADERS
from gaoxin_vote.storage.workspace import Workspace
from gaoxin_vote.workflow.results.assessing import assessment, inputs
from gaoxin_vote.workflow.results.intake import preview_import
from gaoxin_vote.workflow.session.preparation import PreparationReason, SessionPlan, prepare_session
from gaoxin_vote.workflow.tally.counting import count, session_tally
from gaoxin_vote.workflow.tally.opening import give_officer_key, give_share
from tests.contests import LEADERSHIP, PEER, leadership
from tests.workflow.conftest import PASSPHRASE, Office, after_ceremony, another_year
from tests.workflow.sealing import close_and_seal


def test_abstentions_that_count_as_zero_refuse_drawn_peer_slips(bare: tuple[Workspace, int, Path]) -> None:
    text = shipped_scheme_text("2017").replace("year = 2017", "year = 2021")
    text = text.replace('abstain = "exclude"', 'abstain = "count_as_zero"')
    year = another_year(bare, text, "code,title\nL1,甲\nL2,乙\nL3,丙\n")
    with pytest.raises(Refused) as error:
        prepare_session(bare[0], year, SessionPlan(PEER, slip_mode=SlipMode.DRAWN))
    assert error.value.reason is PreparationReason.SLIP_MODE
    prepare_session(bare[0], year, SessionPlan(PEER, slip_mode=SlipMode.NAMED))


def test_a_missing_slip_blocks_where_abstentions_count(bare: tuple[Workspace, int, Path]) -> None:
    workspace = bare[0]
    text = shipped_scheme_text("2017").replace("year = 2017", "year = 2022")
    text = text.replace('abstain = "exclude"', 'abstain = "count_as_zero"')
    office = after_ceremony(bare, another_year(bare, text, "code,title\nL1,甲\nL2,乙\nL3,丙\n"))
    session_id, live, _ = office.open(PEER)
    for code in live[:-1]:
        office.vote(session_id, code)
    close_and_seal(workspace, session_id, "一张未交回")
    _count(office, session_id)
    assert session_tally(workspace, session_id).counts[0].abstained is None
    assert any("弃权" in blocker.message for blocker in assessment(workspace, office.year).blockers)


def test_each_weight_group_votes_in_an_election_of_its_own(bare: tuple[Workspace, int, Path]) -> None:
    workspace = bare[0]
    text = shipped_scheme_text("weighted").replace("year = 2017", "year = 2023")
    groups = leadership(load_scheme(text)).group_names
    assert len(groups) > 1
    leaders = "code,title,group\n" + "".join(
        f"{group}{number},{group}{number},{group}\n" for group in groups for number in range(3)
    )
    office = after_ceremony(bare, another_year(bare, text, leaders))
    for group, mark in zip(groups, (Mark.EXCELLENT, Mark.PASS, Mark.FAIL), strict=False):
        session_id, live, _ = office.open(LEADERSHIP, group=group)
        assert len(live) == 3
        for code in live:
            office.vote(session_id, code, mark)
        close_and_seal(workspace, session_id)
        _count(office, session_id)
    tallies = inputs(workspace, office.year).tallies
    assert [tally.group for tally in tallies] == list(groups)
    assert [tally.counts[0].grades[0] for tally in tallies][:2] == [3, 0]
    record = assessment(workspace, office.year)
    assert record.outcomes[0].ratings[0].score is not None


def _count(office: Office, session_id: SessionId) -> None:
    give_officer_key(office.workspace, session_id, PASSPHRASE)
    for index in (0, 1):
        give_share(office.workspace, session_id, office.shares[index], f"trustee {index} secret")
    count(office.workspace, session_id)


def test_leaders_belong_to_the_groups_of_the_scheme(
    bare: tuple[Workspace, int, Path], tmp_path: Path
) -> None:
    text = shipped_scheme_text("weighted").replace("year = 2017", "year = 2024")
    groups = leadership(load_scheme(text)).group_names
    leaders = "code,title,group\n" + "".join(f"L{n},甲{n},{name}\n" for n, name in enumerate(groups * 3))
    year = another_year(bare, text, leaders)
    path = tmp_path / "leaders.csv"
    path.write_text(f"code,title,group\nL1,甲,{groups[0]}\nL2,乙,没有的组\n", encoding="utf-8")
    with pytest.raises(Refused) as error:
        preview_import(bare[0], year, LEADERS, path)
    assert error.value.reason is SchemeReason.ROSTER
    assert any("没有的组" in detail for detail in error.value.details)
