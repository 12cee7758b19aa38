"""Can a share file be tried from the desk, and are keys made anew only when nothing needs the old ones?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gaoxin_vote.domain.fingerprint import spelled_check
from gaoxin_vote.gui.ceremony.page import CeremonyPage
from gaoxin_vote.gui.ceremony.presenter import CeremonyPresenter
from gaoxin_vote.gui.ceremony.renewal_dialog import RenewalDialog
from gaoxin_vote.gui.ceremony.share_check_dialog import ShareCheckDialog
from gaoxin_vote.gui.ceremony.wizard import CeremonyWizard
from gaoxin_vote.gui.kit.prompts import Message
from gaoxin_vote.gui.paper.dialog import PaperDialog
from gaoxin_vote.workflow.ceremony.held_ceremonies import ceremonies
from tests.gui.office import PASSPHRASE, TRUSTEES, YEAR, Desk, Moments, trustee_passphrase

OpenAt = Callable[[str], Desk]


def _page(desk: Desk, qtbot: QtBot) -> CeremonyPage:
    page = CeremonyPage(CeremonyPresenter(desk.opened, YEAR), desk.worker)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    desk.settle()
    return page


def _words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def _click(button: QPushButton, desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()


def test_trustees_try_their_share_files_one_after_another(
    desk_at: OpenAt, moments: Moments, qtbot: QtBot
) -> None:
    desk = desk_at("ceremony")
    page = _page(desk, qtbot)
    assert _words(page.checks).count("领取后还没有检查过") == 2
    assert "请先检查各份密钥文件" in page.next_step.text()
    _click(page.check, desk, qtbot)
    (dialog,) = page.findChildren(ShareCheckDialog)
    _click(dialog.act, desk, qtbot)
    assert "请选择" in dialog.trouble.text()
    dialog.share.line.setText(str(moments.share(0)))
    _click(dialog.act, desk, qtbot)
    assert "请密钥保管人输入" in dialog.trouble.text()
    for passphrase, usable in (("别人的口令-123", False), (trustee_passphrase(0), True)):
        dialog.passphrase.line.setText(passphrase)
        _click(dialog.act, desk, qtbot)
        assert dialog.isEnabled() and dialog.passphrase.text == ""
        assert dialog.outcome.isVisible() == usable
        assert ("口令不对" in dialog.trouble.text()) == (not usable)
    assert f"{TRUSTEES[0]}的密钥文件可以使用：属于现在所用的第1次密钥发放" in _words(dialog.outcome)
    assert "第1位密钥保管人；还没有用过" in _words(dialog.outcome)
    dialog.share.line.setText(str(desk.path))  # the next one: nothing is said of it yet
    assert not dialog.outcome.isVisible()
    dialog.passphrase.line.setText("x")
    _click(dialog.act, desk, qtbot)
    assert "不是开箱密钥文件" in dialog.trouble.text() or "MB" in dialog.trouble.text()
    dialog.reject()
    shown = _words(page.checks)
    assert "✓ 可以使用（2018年1月20日检查）" in shown and shown.count("领取后还没有检查过") == 1


@pytest.mark.parametrize(("moment", "words"), [("slips", "先作废这场会议"), ("closed", "请先开箱计票")])
def test_what_stands_in_the_way_of_new_keys_is_told(
    desk_at: OpenAt, qtbot: QtBot, moment: str, words: str
) -> None:
    desk = desk_at(moment)
    page = _page(desk, qtbot)
    _click(page.again, desk, qtbot)
    assert not page.findChildren(RenewalDialog)
    (message,) = page.findChildren(Message)
    told = "".join(message.words.details)
    assert "领导评议" in told and "部门互评" in told and words in told
    message.close()


def test_keys_are_made_anew_with_a_reason_and_the_passphrase(
    desk_at: OpenAt, moments: Moments, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_at("ceremony")
    page = _page(desk, qtbot)
    assert not page.earlier.isVisible()
    _click(page.again, desk, qtbot)
    (dialog,) = page.findChildren(RenewalDialog)
    dialog.passphrase.line.setText(PASSPHRASE)
    _click(dialog.act, desk, qtbot)
    assert "请写明重新发放的原因" in dialog.trouble.text()
    dialog.reason.setText("区纪委的密钥文件遗失")
    dialog.passphrase.line.setText("不是这个口令")
    _click(dialog.act, desk, qtbot)
    assert dialog.trouble.text() and not page.findChildren(CeremonyWizard)
    dialog.passphrase.line.setText(PASSPHRASE)
    _click(dialog.act, desk, qtbot)
    (wizard,) = page.findChildren(CeremonyWizard)
    assert wizard.quorum.names == TRUSTEES and wizard.quorum.threshold == 2
    wizard.quorum.risk.setChecked(True)
    wizard.quorum.clock.setChecked(True)
    _click(wizard.next, desk, qtbot)
    for number in range(2):
        for line in (wizard.turn.passphrase.line, wizard.turn.again.line):
            line.setText(trustee_passphrase(number))
        wizard.turn.place.line.setText(str(tmp_path / f"{number}.gxk"))
        _click(wizard.next, desk, qtbot)
        _click(wizard.next, desk, qtbot)
    assert "（第2次）区纪委的密钥文件遗失" in _words(wizard.record)
    _click(wizard.next, desk, qtbot)
    first, second = desk.run(lambda: ceremonies(desk.workspace, YEAR))
    assert spelled_check(second.fingerprint) in _words(page.facts)
    assert spelled_check(first.fingerprint) in _words(page.earlier) and "第1次密钥发放" in _words(
        page.earlier
    )
    (preview,) = page.earlier.findChildren(QPushButton)
    _click(preview, desk, qtbot)
    (paper,) = page.findChildren(PaperDialog)
    paper.close()
    _click(page.check, desk, qtbot)
    (check,) = page.findChildren(ShareCheckDialog)
    check.share.line.setText(str(moments.share(0)))
    check.passphrase.line.setText(trustee_passphrase(0))
    _click(check.act, desk, qtbot)
    assert (
        "2017年度第1次密钥发放" in check.trouble.text()
        and "现在要用的是2017年度第2次" in check.trouble.text()
    )
    check.reject()
