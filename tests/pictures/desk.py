"""Which moments of the officer's desk are worth a picture, and how does one get there?"""

from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtWidgets import QDialog

from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.gui.ceremony.page import CeremonyPage
from gaoxin_vote.gui.ceremony.wizard import CeremonyWizard
from gaoxin_vote.gui.entries.page import EntriesPage
from gaoxin_vote.gui.intake.dialog import IntakeDialog
from gaoxin_vote.gui.intake.headings_dialog import HeadingsDialog
from gaoxin_vote.gui.intake.state import ImportMode
from gaoxin_vote.gui.kit import prompts
from gaoxin_vote.gui.kit.bugs import log_path
from gaoxin_vote.gui.paper.state import SheetAct
from gaoxin_vote.gui.reports.page import ReportsPage
from gaoxin_vote.gui.session.page import SessionPage
from gaoxin_vote.gui.session.state import SessionAct
from gaoxin_vote.gui.setup.page import SetupPage
from gaoxin_vote.gui.shell.next_year_dialog import NextYearDialog
from gaoxin_vote.gui.standing.page import StandingPage
from gaoxin_vote.gui.tally.page import TallyPage
from gaoxin_vote.gui.tally.wizard import TallyWizard
from gaoxin_vote.gui.verify.window import VerifyWindow
from gaoxin_vote.resources import resource
from gaoxin_vote.stages import YearStage
from tests.pictures.camera import PASSPHRASE, Camera, Officer
from tests.pictures.session import meeting

SAMPLE = resource("samples/2017")


def whole_year(officer: Officer, camera: Camera, folder: Path) -> None:
    """From the start page to the count of the leadership rating."""
    start = officer.window.start
    camera.take("start")
    start.ask_new()
    start.creating.office.setText("高新区目标管理考核办公室")
    start.creating.place.line.setText("D:/考核/考核工作区.gxv")
    camera.take("start-create")
    officer.window.create_workspace(folder / "考核工作区.gxv", PASSPHRASE, "高新区目标管理考核办公室")
    officer.wait()
    camera.take("setup-scheme")
    _setup(officer, camera)
    _ceremony(officer, camera)
    meeting(officer, camera, folder)
    _tally(officer, camera)
    _again(officer, camera)
    _messages(officer, camera)
    officer.window.lock_desk()
    camera.take("lock")


def sample_year(officer: Officer, camera: Camera, folder: Path) -> None:
    """The finished sample: every page."""
    officer.window.open_sample()
    officer.wait()
    for stage in YearStage:
        page = officer.go(stage)
        if isinstance(page, EntriesPage):
            page.kind_table.selectRow(1)
            officer.wait()
        camera.take(stage.name.lower())
        if stage is YearStage.REPORTS:
            _paper(officer, camera)
            _verify(officer, camera, folder)
        if isinstance(page, StandingPage):
            _units(officer, camera, page)
    rail = officer.window.desk.rail
    officer.go(YearStage.STANDING)
    rail.contrast_wanted.emit()
    camera.take("standing-high-contrast")
    rail.contrast_wanted.emit()
    rail.larger_wanted.emit()
    officer.go(YearStage.SESSION)
    camera.take("session-larger-type")
    rail.smaller_wanted.emit()
    next_year(officer, camera)


def next_year(officer: Officer, camera: Camera) -> None:
    """What a new year takes over, its first page, and how the units stood in the year before."""
    rail = officer.window.desk.rail
    rail.next_year.click()
    officer.wait()
    asked = officer.box()
    assert isinstance(asked, NextYearDialog)
    camera.take("next-year")
    asked.year.setValue(asked.year.value() - 1)
    officer.wait()
    camera.take("next-year-refused")
    asked.year.setValue(asked.year.value() + 1)
    officer.wait()
    asked.act.click()
    officer.wait()
    officer.wait()
    camera.take("next-year-setup")
    page = officer.go(YearStage.STANDING)
    assert isinstance(page, StandingPage)
    page.compare.click()
    camera.take("next-year-standing")
    rail.next_year.click()
    officer.wait()
    camera.take("next-year-not-final")
    officer.box().close()


def _units(officer: Officer, camera: Camera, page: StandingPage) -> None:
    """The other order, and why a barred unit and one with a refused claim got what they got."""
    page.show_in_order("全部名次")
    camera.take("standing-overall")
    page.show_in_order("按类别")
    for unit, name in ((2, "barred"), (7, "claims")):
        page.table.choose_row(unit)
        page.open_unit.click()
        officer.wait()
        camera.take(f"standing-unit-{name}")
        officer.box().close()


def _paper(officer: Officer, camera: Camera) -> None:
    """A certified sheet, and what is asked before it is issued again."""
    page = officer.page()
    assert isinstance(page, ReportsPage)
    rows = range(page.model.rowCount())
    page.table.selectRow(next(row for row in rows if "计票结果报告单" in "".join(page.model.rows[row])))
    officer.wait()
    for act, name in ((SheetAct.PAPER, "reports-paper"), (SheetAct.REISSUE, "reports-reissue")):
        page.acts.act(act)
        officer.wait()
        camera.take(name)
        officer.box().close()


def _verify(officer: Officer, camera: Camera, folder: Path) -> None:
    """The window before anything was dropped; a package, a fingerprint of another record, a broken file."""
    page = officer.page()
    assert isinstance(page, ReportsPage)
    package, broken = folder / "U盘" / "考核档案包.zip", folder / "U盘" / "领导评议.bel"
    page.write_package(package)
    officer.wait()
    for box in officer.window.findChildren(prompts.Message):
        box.close()
    broken.write_bytes(b"BELENIOS" + bytes(2048))
    officer.window.verify_wanted.emit()
    window = officer.box()
    assert isinstance(window, VerifyWindow)
    camera.take("verify-empty")
    for paths, name in (((package,), "verify-package"), ((broken,), "verify-several")):
        window.verify(paths)
        while any(file.waiting for file in window.files):
            officer.wait()
        camera.take(name)
    window.list.setCurrentRow(0)
    window.page.prints.field.setText(f"{'0' * 32}-{'0' * 32}")
    camera.take("verify-other-record")
    window.reject()
    officer.wait()


def _setup(officer: Officer, camera: Camera) -> None:
    page = officer.page()
    assert isinstance(page, SetupPage)
    page.schemes.begin.click()
    officer.wait()
    officer.wait()
    page = officer.page()
    assert isinstance(page, SetupPage)
    camera.take("setup-empty")
    for press, name in ((page.take_units, "units.csv"), (page.take_leaders, "leaders.csv")):
        press.click()
        dialog = officer.box()
        assert isinstance(dialog, IntakeDialog)
        dialog.look_at(SAMPLE / name)
        officer.wait()
        if name == "units.csv":
            camera.take("setup-import")
            _findings(officer, camera, dialog)
        dialog.act.click()
        officer.wait()
    _changes(officer, camera, page)
    page.unit_table.selectRow(2)
    camera.take("setup")
    page.mend_unit.click()
    camera.take("setup-rename")
    officer.box().close()


def _findings(officer: Officer, camera: Camera, dialog: IntakeDialog) -> None:
    """A file with things to look at, one with faults, pasted cells; then the right one again."""
    rows = (SAMPLE / "units.csv").read_text("utf-8-sig").splitlines()
    doubtful = [f"{rows[0]},备注", *(f"{row},见附件" for row in rows[1:])]
    faulty = [row.replace(",28", ",二十八").replace("财政局", "财政\U0002a6a5局") for row in rows]
    for lines, name in ((doubtful, "setup-import-findings"), (faulty, "setup-import-faults")):
        Path("单位名单.csv").write_text("\n".join(lines), "utf-8")
        dialog.look_at(Path("单位名单.csv"))
        officer.wait()
        camera.take(name)
    dialog.look_at("\n".join(row.replace(",", "\t") for row in (rows[0], *rows[3:6])))
    officer.wait()
    camera.take("setup-import-pasted")
    own = ["代码\t牌子\t类别\t在编\t电话", *(f"{row.replace(',', chr(9))}\t8211234" for row in rows[3:6])]
    dialog.look_at("\n".join(own))
    officer.wait()
    dialog.findings.match.click()
    asked = officer.box()
    assert isinstance(asked, HeadingsDialog)
    for heading, field in (("牌子", "name"), ("在编", "staff")):
        asked.boxes[heading].setCurrentIndex(asked.boxes[heading].findData(field))
    camera.take("setup-import-headings")
    asked.act.click()
    officer.wait()
    camera.take("setup-import-matched")
    dialog.look_at(SAMPLE / "units.csv")
    officer.wait()


def _changes(officer: Officer, camera: Camera, page: SetupPage) -> None:
    """What a file would change and delete, and one of which several sheets fit."""
    rows = [row.split(",") for row in (SAMPLE / "units.csv").read_text("utf-8-sig").splitlines()]
    head, *units = rows
    book = Workbook()
    for title, part in (("机关部门", units[:9]), ("街道", units[12:])):
        sheet = book.create_sheet(title)
        for row in (head, *part):
            sheet.append([int(cell) + 2 if cell.isdecimal() and row is not part[4] else cell for cell in row])
    book.remove(book.worksheets[0])
    book.save("单位名单（修订）.xlsx")
    page.take_units.click()
    dialog = officer.box()
    assert isinstance(dialog, IntakeDialog)
    camera.take("setup-import-begin")
    dialog.modes[ImportMode.REPLACE].click()
    dialog.look_at(Path("单位名单（修订）.xlsx"))
    officer.wait()
    camera.take("setup-import-changes")
    dialog.reject()


def _share(number: int) -> str:
    """Where a trustee's share lies: a stick that every run makes in its own folder."""
    return f"U盘/开箱密钥-{number + 1}.gxk"


def _ceremony(officer: Officer, camera: Camera) -> None:
    page = officer.go(YearStage.CEREMONY)
    assert isinstance(page, CeremonyPage)
    camera.take("ceremony-before")
    page.begin.click()
    wizard = officer.box()
    assert isinstance(wizard, CeremonyWizard)
    wizard.quorum.clock.setChecked(True)
    camera.take("ceremony-quorum")
    wizard.next.click()
    officer.wait()
    camera.take("ceremony-turn")
    for number in range(3):
        for line in (wizard.turn.passphrase.line, wizard.turn.again.line):
            line.setText(f"trustee-{number}-words")
        wizard.turn.place.line.setText(_share(number))
        wizard.next.click()
        officer.wait()
        if number == 0:
            camera.take("ceremony-receipt")
        wizard.next.click()
        officer.wait()
    camera.take("ceremony-record")
    wizard.record.print.click()
    officer.wait()
    camera.take("ceremony-paper")
    officer.box().close()
    wizard.next.click()
    officer.wait()
    camera.take("ceremony-held")
    for press, name in ((page.check, "ceremony-check"), (page.again, "ceremony-again")):
        press.click()
        officer.wait()
        camera.take(name)
        officer.box().close()


def _tally(officer: Officer, camera: Camera) -> None:
    page = officer.go(YearStage.TALLY)
    assert isinstance(page, TallyPage)
    camera.take("tally-waiting")
    page.begin.click()
    officer.wait()
    camera.take("tally-meeting")
    officer.box().close()
    officer.wait()
    (wizard,) = (box for box in officer.window.findChildren(QDialog) if isinstance(box, TallyWizard))
    camera.take("tally-numbers")
    wizard.next.click()
    officer.wait()
    camera.take("tally-digest")
    wizard.next.click()
    officer.wait()
    camera.take("tally-officer")
    wizard.officer.passphrase.line.setText(PASSPHRASE)
    wizard.next.click()
    officer.wait()
    for number in (0, 2):
        wizard.trustees.share.line.setText(_share(number))
        wizard.trustees.passphrase.line.setText(f"trustee-{number}-words")
        wizard.next.click()
        officer.wait()
        if number == 0:
            camera.take("tally-trustees")
    camera.take("tally-count")
    wizard.next.click()
    officer.wait()
    officer.wait()
    camera.take("tally-result")
    wizard.outcome.acts.act(SheetAct.DRAFT)
    officer.wait()
    camera.take("tally-report")
    officer.box().close()
    wizard.next.click()
    officer.wait()
    camera.take("tally-done")


def _again(officer: Officer, camera: Camera) -> None:
    """What can still be done with a session that was counted."""
    officer.go(YearStage.STANDING)
    camera.take("standing-blocked")
    page = officer.go(YearStage.SESSION)
    assert isinstance(page, SessionPage)
    leadership = next(iter(page.cards))
    acts = (
        (SessionAct.TRACKERS, "session-trackers"),
        (SessionAct.REHOLD, "session-rehold"),
        (SessionAct.VOID, "session-void-tallied"),
    )
    for act, name in acts:
        page.cards[leadership].wished.emit(act)
        officer.wait()
        camera.take(name)
        officer.box().close()


def _messages(officer: Officer, camera: Camera) -> None:
    from gaoxin_vote.files import FileReason

    faults = tuple(
        f"第{row}行“人数”：“{value}”应为整数" for row, value in ((4, "二十"), (9, ""), (12, "3.5"))
    )
    for name, error in (
        (
            "refused",
            Refused(FileReason.EXISTS, "单位名单.xlsx 有3处错误，没有导入任何内容。", details=faults),
        ),
        (
            "unavailable",
            Unavailable(FileReason.WRITE_FAILED, "无法写入：E:/开箱密钥-区纪委.gxk（介质已移除）。"),
        ),
        ("broken", EvidenceBroken(FileReason.READ_FAILED, "第3张选票的证明不成立，选票档案不能采信。")),
        ("bug", ZeroDivisionError()),
    ):
        words = prompts.wording(error)
        assert words is not None
        shown = tuple(line.replace(str(log_path()), "错误记录.log") for line in words.details)
        message = prompts.Message(officer.window, replace(words, details=shown))
        message.add_button("知道了", "primary")
        message.open()
        officer.wait()
        camera.take(f"message-{name}")
        message.close()
