"""Is each way in which the parts of a package can contradict each other told by its own words?

The parts are changed one by one, so that each is refused for itself and not for what comes before it.
"""

import json
from dataclasses import replace

import pytest

from gaoxin_vote.domain.codec import from_json
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme_file import load_scheme
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.progress import silent
from gaoxin_vote.workflow.record.package_files import SCHEME, SESSIONS, PackagedSession
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.verify import package as module
from tests.workflow.packages import Files

pytestmark = pytest.mark.usefixtures("proofs_once")
Counted = tuple[module._CountedSession, ...]


@pytest.fixture(scope="module")
def inputs(package: Files) -> AssessmentInputs:
    return module._inputs(package, load_scheme(package[SCHEME].decode()))


@pytest.fixture(scope="module")
def counted(package: Files, inputs: AssessmentInputs, proofs_once: None) -> Counted:
    sessions = [from_json(PackagedSession, value) for value in json.loads(package[SESSIONS])]
    return tuple(module._counted(package, session, inputs, silent, 1) for session in sessions)


def test_untouched_they_agree(package: Files, inputs: AssessmentInputs, counted: Counted) -> None:
    module._check_tallies(counted, inputs)
    assert module._check_record(package, inputs).blockers == ()


def test_a_tallied_session_needs_its_counts_among_the_inputs(
    inputs: AssessmentInputs, counted: Counted
) -> None:
    with pytest.raises(EvidenceBroken, match="考核数据中没有部门互评的计票结果") as broken:
        module._check_tallies(counted, replace(inputs, tallies=inputs.tallies[:1]))
    assert broken.value.reason is PackageFlaw.COUNTS


def test_counts_need_the_archive_that_they_come_from(inputs: AssessmentInputs, counted: Counted) -> None:
    with pytest.raises(EvidenceBroken, match="部门互评的计票结果没有选票档案") as broken:
        module._check_tallies(counted[:1], inputs)
    assert broken.value.reason is PackageFlaw.COUNTS


def test_the_numbers_of_a_session_are_the_same_everywhere(inputs: AssessmentInputs, counted: Counted) -> None:
    numbers = replace(inputs.tallies[0].reconciliation, attended=8)
    changed = replace(inputs.tallies[0], reconciliation=numbers)
    with pytest.raises(EvidenceBroken, match="票数（应到、实到、发出、收回）前后不一致") as broken:
        module._check_tallies(counted, replace(inputs, tallies=(changed, *inputs.tallies[1:])))
    assert broken.value.reason is PackageFlaw.NUMBERS


def test_counts_of_a_unit_that_was_not_on_the_ballot_are_too_many(
    inputs: AssessmentInputs, counted: Counted
) -> None:
    first = inputs.tallies[0]
    more = replace(first, counts=(*first.counts, replace(first.counts[0], unit=UnitCode("U99"))))
    with pytest.raises(EvidenceBroken, match="计票表多出了单位") as broken:
        module._check_tallies(counted, replace(inputs, tallies=(more, *inputs.tallies[1:])))
    assert broken.value.reason is PackageFlaw.COUNTS


def test_every_ballot_of_an_archive_is_counted(
    package: Files, inputs: AssessmentInputs, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody votes again in these sessions: a ballot that a later one replaces was not cast at the booth."""
    report = replace(counted[0].report, counted=counted[0].report.ballots - 1)
    monkeypatch.setattr(module, "verify_archive", lambda *_args, **_options: report)
    with pytest.raises(EvidenceBroken, match="选票档案有9张选票，只计入8张") as broken:
        module._counted(package, counted[0].packaged, inputs, silent, 1)
    assert broken.value.reason is PackageFlaw.NUMBERS


def test_a_sum_of_too_few_ballots_should_never_have_been_opened(
    package: Files, inputs: AssessmentInputs, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A41: the program counts none, so a package with one was made by something else."""
    packaged = counted[0].packaged
    few = replace(packaged, reconciliation=replace(packaged.reconciliation, returned=2))
    report = replace(counted[0].report, ballots=2, counted=2)
    monkeypatch.setattr(module, "verify_archive", lambda *_args, **_options: report)
    with pytest.raises(EvidenceBroken, match="选票档案只有2张选票，少于3张") as broken:
        module._counted(package, few, inputs, silent, 1)
    assert broken.value.reason is PackageFlaw.NUMBERS


def test_each_lost_slip_makes_one_vote_fewer_sure(
    package: Files, inputs: AssessmentInputs, counted: Counted
) -> None:
    """A41, A42: of nine ballots with seven lost slips, two people may have cast all."""
    lost = replace(counted[0].packaged, lost=7)
    with pytest.raises(EvidenceBroken, match="只有9张选票，少于10张（其中遗失补发7张）") as broken:
        module._counted(package, lost, inputs, silent, 1)
    assert broken.value.reason is PackageFlaw.NUMBERS
    module._counted(package, replace(lost, lost=6), inputs, silent, 1)


def test_what_is_blocked_could_never_have_been_finalised(package: Files, inputs: AssessmentInputs) -> None:
    with pytest.raises(EvidenceBroken, match="考核档案包的考核数据不能定稿：") as broken:
        module._check_record(package, replace(inputs, scores=inputs.scores[1:]))
    assert broken.value.reason is PackageFlaw.FIGURE
