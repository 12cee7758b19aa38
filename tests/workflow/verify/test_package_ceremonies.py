"""Are a session's keys those of a ceremony of its year, and of the one in force when it was held?"""

import json
from dataclasses import replace
from typing import Any

import pytest

from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.codec import canonical_json
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import CEREMONIES
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.verify.package_ceremonies import (
    check_ceremonies,
    check_ceremony_acts,
    packaged_ceremonies,
)
from tests.workflow.packages import Files, edit_json

Counted = tuple[tuple[str, ArchiveReport], ...]
FIRST = {"ceremony": "c1", "trustees_fingerprint": "t1", "names": ["甲", "乙"]}
SECOND = {"ceremony": "c2", "trustees_fingerprint": "t2", "names": ["丙", "丁"]}


@pytest.fixture(scope="module")
def counted(sample_year: SampleRun) -> Counted:
    """Their titles and archives; whether these hold is asked elsewhere."""
    return tuple((path.stem, verify_archive(path)) for path in sample_year.archives)


def _twice(package: Files, **change: object) -> Files:
    """As if the keys had been made anew."""

    def grow(held: list[Any]) -> None:
        again = {"ceremony": "another", "reason": "遗失", "trustees_fingerprint": "0" * 64}
        held.append(held[0] | again | change)

    return edit_json(package, CEREMONIES, grow)


def test_each_ceremony_names_what_was_counted_under_its_keys(package: Files, counted: Counted) -> None:
    (only,), fingerprint = check_ceremonies(package, packaged_ceremonies(package), counted)
    assert (only.number, only.sessions) == (1, ("领导评议", "部门互评"))
    assert only.fingerprint.endswith(fingerprint[:32])
    twice = _twice(package)
    one, two = check_ceremonies(twice, packaged_ceremonies(twice), counted)[0]
    assert (one.sessions, two.sessions, two.number) == (("领导评议", "部门互评"), (), 2)


@pytest.mark.parametrize(
    "change",
    [{"threshold": 3}, {"names": ["别的人", "区纪委", "组织人事局"]}, {"trustees_fingerprint": "0" * 64}],
)
def test_keys_that_no_ceremony_made_are_refused(
    package: Files, counted: Counted, change: dict[str, object]
) -> None:
    files = edit_json(package, CEREMONIES, lambda held: held[0].update(change))
    with pytest.raises(EvidenceBroken, match="领导评议的开箱密钥与密钥发放记录不一致") as error:
        check_ceremonies(files, packaged_ceremonies(files), counted)
    assert error.value.reason is PackageFlaw.TRUSTEES


def test_one_archive_serves_one_session(package: Files, counted: Counted) -> None:
    twice = (counted[0], (counted[1][0], counted[0][1]))
    with pytest.raises(EvidenceBroken, match="两场会议用了同一份选票档案") as error:
        check_ceremonies(package, packaged_ceremonies(package), twice)
    assert error.value.reason is PackageFlaw.SESSIONS


def test_one_certificate_serves_the_whole_year(package: Files, counted: Counted) -> None:
    files = _twice(package, certificate_fingerprint="0" * 64)
    with pytest.raises(EvidenceBroken, match="签名证书与密钥发放记录不一致") as error:
        check_ceremonies(files, packaged_ceremonies(files), counted)
    assert error.value.reason is PackageFlaw.CEREMONY


def test_ceremonies_do_not_contradict_each_other(package: Files) -> None:
    (first,) = json.loads(package[CEREMONIES])
    assert len(packaged_ceremonies(_twice(package))) == 2
    for files in (
        _twice(package, reason=""),
        _twice(package, ceremony=first["ceremony"]),
        _twice(package, trustees_fingerprint=first["trustees_fingerprint"]),
        edit_json(package, CEREMONIES, lambda held: held[0].update(reason="无端")),
        package | {CEREMONIES: canonical_json([]).encode()},
    ):
        with pytest.raises(EvidenceBroken, match="自相矛盾") as error:
            packaged_ceremonies(files)
        assert error.value.reason is PackageFlaw.CEREMONY


def _act(act: Act, number: int = 1) -> tuple[str, dict[str, Any]]:
    return act.value, {"session": f"uuid{number}"}


HELD, AGAIN = (Act.HOLD_CEREMONY.value, FIRST), (Act.HOLD_CEREMONY.value, SECOND)
WAY = [_act(act) for act in (Act.PRINT_SLIPS, Act.OPEN_SESSION, Act.SEAL_SESSION, Act.COUNT)]


def test_no_session_gets_other_keys_on_its_way() -> None:
    sessions = {"uuid1": ("领导评议", "t1")}
    check_ceremony_acts([HELD, *WAY, AGAIN, _act(Act.NOTE_MEETING)], [FIRST, SECOND], sessions)
    check_ceremony_acts([HELD, AGAIN, *WAY], [FIRST, SECOND], {"uuid1": ("领导评议", "t2")})
    check_ceremony_acts([HELD, *WAY], [FIRST], {})  # voided: nothing was opened
    for place in range(len(WAY)):
        acts = [HELD, *WAY[:place], AGAIN, *WAY[place:]]
        with pytest.raises(EvidenceBroken, match="领导评议的“") as error:
            check_ceremony_acts(acts, [FIRST, SECOND], sessions)
        assert error.value.reason is PackageFlaw.AUDIT
    with pytest.raises(EvidenceBroken, match="打印票码条"):
        check_ceremony_acts([*WAY, HELD], [FIRST], sessions)


def test_the_log_tells_the_same_ceremonies() -> None:
    for acts in ([HELD], [AGAIN, HELD], [HELD, AGAIN, AGAIN], [HELD, (HELD[0], SECOND | {"names": []})]):
        with pytest.raises(EvidenceBroken, match="密钥发放"):
            check_ceremony_acts(acts, [FIRST, SECOND], {})


def test_a_share_that_was_tried_was_one_of_the_keys_in_force() -> None:
    def tried(ceremony: str, trustee: str) -> tuple[str, dict[str, Any]]:
        return Act.CHECK_SHARE.value, {"ceremony": ceremony, "trustee": trustee}

    check_ceremony_acts([HELD, tried("c1", "甲"), AGAIN, tried("c2", "丁")], [FIRST, SECOND], {})
    for wrong in (tried("c1", "甲"), tried("c2", "甲")):
        with pytest.raises(EvidenceBroken, match="甲检查的密钥文件") as error:
            check_ceremony_acts([HELD, AGAIN, wrong], [FIRST, SECOND], {})
        assert error.value.reason is PackageFlaw.AUDIT


def test_a_mandatory_key_and_one_group_it_must_be(package: Files, counted: Counted) -> None:
    title, report = counted[0]
    for items in (report.trustees.items[:1], (*report.trustees.items[:1], *report.trustees.items)):
        odd = replace(report, trustees=replace(report.trustees, items=items))
        with pytest.raises(EvidenceBroken) as error:
            check_ceremonies(package, packaged_ceremonies(package), ((title, odd),))
        assert error.value.reason is PackageFlaw.TRUSTEES
