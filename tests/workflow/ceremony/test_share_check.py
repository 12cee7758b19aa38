"""Is a share file told usable only when it would open the next meeting's tally, and why not otherwise?"""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from gaoxin_vote.domain.acts import Act
from gaoxin_vote.domain.scheme_file import shipped_scheme_text
from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.storage.audit import AuditLog
from gaoxin_vote.workflow.ceremony.share_check import (
    CheckedTrustee,
    ShareCheckReason,
    check_share,
    checked_trustees,
)
from gaoxin_vote.workflow.ceremony.share_file import ShareOwner, ShareReason, open_share, write_new_share
from gaoxin_vote.workflow.ceremony.trustee_keys import begin_ceremony
from gaoxin_vote.workflow.session.running import void_session
from gaoxin_vote.workflow.setup.years import add_year
from tests.contests import PEER
from tests.stretching import CHEAP_COSTS
from tests.workflow.conftest import Office, refused, renewed

COST = CHEAP_COSTS.share
SECRET = "trustee 1 secret"


def test_a_usable_share_is_told_whose_it_is_and_left_as_it_was(office: Office) -> None:
    share = office.shares[1]
    before = share.read_bytes()
    found = check_share(office.workspace, office.year, share, SECRET)
    assert (found.name, found.index, found.opened, found.ceremony.number) == ("区纪委", 2, 0, 1)
    assert share.read_bytes() == before
    last = AuditLog(office.workspace).entries(office.year)[-1]
    assert (last.act, json.loads(last.content)["trustee"]) == (Act.CHECK_SHARE.value, "区纪委")
    assert checked_trustees(office.workspace, office.year) == (
        CheckedTrustee("考核办", False, None),
        CheckedTrustee("区纪委", True, date(2018, 1, 17)),
        CheckedTrustee("组织人事局", False, None),
    )


def test_what_is_not_usable_is_told_why(office: Office, tmp_path: Path) -> None:
    workspace, year, share = office.workspace, office.year, tmp_path / "区纪委.gxk"
    shutil.copy(office.shares[1], share)
    with refused(workspace, ShareReason.WRONG_PASSPHRASE, "区纪委的口令不对"):
        check_share(workspace, year, share, "another secret")
    share.write_bytes(share.read_bytes().replace(b'"index": 2', b'"index": 3'))
    with refused(workspace, ShareReason.DAMAGED, "已损坏"):
        check_share(workspace, year, share, SECRET)
    share.write_bytes(office.shares[1].read_bytes()[:200])
    with refused(workspace, ShareReason.NOT_A_SHARE, "不是开箱密钥文件"):
        check_share(workspace, year, share, SECRET)


def test_a_share_of_another_workspace_is_told_before_the_passphrase(office: Office, tmp_path: Path) -> None:
    facts_of_another = ShareOwner("0" * 32, 1, "区纪委")
    _, secret = open_share(office.shares[1], SECRET, COST)
    write_new_share(tmp_path / "s.gxk", SECRET, COST, facts_of_another, secret)
    with refused(office.workspace, ShareReason.OTHER_CEREMONY, "不属于本工作区.*现在要用的是2017年度第1次"):
        check_share(office.workspace, office.year, tmp_path / "s.gxk", "not even the passphrase")


def test_a_key_that_is_not_the_trustees_is_no_key(office: Office, tmp_path: Path) -> None:
    found, secret = open_share(office.shares[0], "trustee 0 secret", COST)
    for number, (index, name) in enumerate(((2, "区纪委"), (1, "区纪委"), (4, "某人"), (0, "某人"))):
        path = tmp_path / f"{number}.gxk"
        write_new_share(path, SECRET, COST, ShareOwner(found.owner.ceremony, index, name), secret)
        with pytest.raises(EvidenceBroken, match=name) as error:
            check_share(office.workspace, office.year, path, SECRET)
        assert error.value.reason is ShareCheckReason.OTHER_KEY


def test_while_votes_are_cast_the_check_carries_no_time(office: Office) -> None:
    session_id, _, _ = office.open(PEER)
    check_share(office.workspace, office.year, office.shares[2], "trustee 2 secret")
    last = AuditLog(office.workspace).entries(office.year)[-1]
    assert (last.act, last.time) == (Act.CHECK_SHARE.value, "")
    assert checked_trustees(office.workspace, office.year)[2] == CheckedTrustee("组织人事局", True, None)
    void_session(office.workspace, session_id, "试投")


def test_after_new_keys_the_old_share_is_told_as_such(office: Office) -> None:
    """Last here: the office has other keys from now on."""
    workspace, year = office.workspace, office.year
    again = renewed(office, "两份密钥文件遗失")
    assert [each.checked for each in checked_trustees(workspace, year)] == [False, False, False]
    words = "2017年度第1次密钥发放（2018年1月17日）的，现在要用的是2017年度第2次密钥发放"
    with refused(workspace, ShareReason.OTHER_CEREMONY, words):
        check_share(workspace, year, office.shares[1], SECRET)
    assert check_share(workspace, year, again.shares[1], SECRET).ceremony.number == 2
    other = add_year(workspace, shipped_scheme_text("2017").replace("year = 2017", "year = 2018"))
    with pytest.raises(Refused, match="尚未发放密钥"):
        check_share(workspace, other, again.shares[1], SECRET)
    assert checked_trustees(workspace, other) == ()
    begin_ceremony(workspace, other, ("甲", "乙"), 2).abandon()
