"""Which moments of the booth are worth a picture? Also the made-up voters of the tests."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from gaoxin_vote.domain.ballot import Mark, MarkedBallot
from gaoxin_vote.domain.session import SessionId
from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.errors import EvidenceBroken, Refused, Unavailable
from gaoxin_vote.gui.booth.draft import BoothActs
from gaoxin_vote.gui.booth.flow import BoothTimes
from gaoxin_vote.gui.booth.presenter import BoothPresenter
from gaoxin_vote.gui.booth.state import CHOICES, Sight
from gaoxin_vote.gui.booth.window import BoothWindow
from gaoxin_vote.gui.kit.look import Look
from gaoxin_vote.gui.kit.worker import Worker
from gaoxin_vote.workflow.session.casting import Admission, BallotUnit
from gaoxin_vote.workflow.session.slip_code import SlipReason
from tests.contests import LEADERSHIP, PEER

OCCASION = "高新区2017年度目标任务考核"
NAMES = (
    *("办公室", "组织人事局", "机关党委", "工会联合会", "机关工会", "区纪委", "招商合作局", "规划管理部"),
    *("建设局", "经济发展局", "财政局", "环境保护局", "教育文化体育局", "民政和社会保障局", "统计局"),
    *("安全生产监督管理局", "卫生和计划生育局", "信访局", "创业服务中心", "城市管理执法大队"),
    *("国有土地上房屋征收管理办公室", "建设工程质量监督站", "华兴街道", "蒸水办事处", "高岭办事处"),
)
CODE = "1234567890123456"
PASSPHRASE = "officer-passphrase"
TRACKER = "k3Pq9dXw7Rt2mNfB0aZyLhVgC5sJuEo1iKxTQvW8pM4"


def unit_code(number: int) -> UnitCode:
    """The code of the unit of this number."""
    return UnitCode(f"U{number:02}")


def ballot_units(number: int = 25) -> tuple[BallotUnit, ...]:
    """As many units as wanted: those of 2017, then further streets."""
    return tuple(
        BallotUnit(
            unit_code(place),
            place,
            NAMES[place - 1] if place <= len(NAMES) else f"第{place}街道办事处",
            "机关部门" if place <= 22 else "街道（办事处）",
        )
        for place in range(1, number + 1)
    )


def peer_admission(
    number: int = 25,
    *,
    own: int | None = 13,
    drawn: bool = False,
    max_excellent: int | None = None,
    every_unit: bool = False,
) -> Admission:
    """A delegate's slip; `own` is the number of the unit that a named slip recuses."""
    return Admission(
        session_id=SessionId(2),
        contest=PEER,
        title="部门互评",
        units=ballot_units(number),
        labels=("优秀", "良好", "合格", "不合格"),
        own_unit=None if drawn or own is None else unit_code(own),
        choose_own=drawn,
        own_may_be_absent=drawn and not every_unit,
        max_excellent=max_excellent,
        credential="secret",
    )


def leadership_admission(number: int = 25) -> Admission:
    """A leader's slip."""
    return Admission(
        session_id=SessionId(1),
        contest=LEADERSHIP,
        title="领导评议",
        units=ballot_units(number),
        labels=("优秀", "良好", "及格", "不及格"),
        own_unit=None,
        choose_own=False,
        own_may_be_absent=False,
        max_excellent=None,
        credential="secret",
    )


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class Desk:
    """What the booth asks of the workspace, without one: one slip, one ballot box, one passphrase."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.box: list[MarkedBallot] = []
        self.good = {CODE}
        self.seen: list[str] = []
        """The codes that were given, in their order."""
        self.refusal: BaseException | None = None
        """Raised at the next admission or cast, and until it is taken away."""
        self.before_cast: Callable[[], object] = lambda: None
        """Called on the worker thread before the ballot is put into the box."""

    def admit(self, code: str) -> Admission:
        """Admit a good code."""
        if self.refusal is not None:
            raise self.refusal
        self.seen.append(code)
        if code not in self.good:
            raise Refused(SlipReason.UNKNOWN, "没有这个票码，请核对后重新输入；仍不成功请联系工作人员。")
        return self.admission

    def cast(self, _admission: Admission, ballot: MarkedBallot) -> str:
        """Put the ballot into the box."""
        self.before_cast()
        if self.refusal is not None:
            raise self.refusal
        self.box.append(ballot)
        return TRACKER

    def check_passphrase(self, passphrase: str) -> None:
        """Accept the one right passphrase."""
        if passphrase != PASSPHRASE:
            raise Refused(SlipReason.UNKNOWN, "口令不对，请重新输入。")


class Scene:
    """A presenter with its desk and clock, walked to where a picture or test begins."""

    def __init__(
        self,
        admission: Admission | None = None,
        times: BoothTimes | None = None,
        *,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self.desk = Desk(admission or peer_admission())
        self.clock = Clock()
        self.booth = BoothPresenter(
            OCCASION,
            self.desk.admission.title,
            BoothActs(self.desk.admit, self.desk.cast, self.desk.check_passphrase),
            clock or self.clock,
            times,
        )

    def work(self) -> None:
        """Do at once what the worker thread would do."""
        work = self.booth.take_work()
        assert work is not None
        try:
            outcome = work.call()
        except Exception as error:  # noqa: BLE001 - as the worker does
            work.failed(error)
        else:
            work.done(outcome)

    def type(self, code: str = CODE) -> "Scene":
        """Type a code."""
        for digit in code:
            self.booth.digit(digit)
        return self

    def enter(self, code: str = CODE) -> "Scene":
        """Type a code and have it checked."""
        self.type(code).booth.enter_code()
        self.work()
        return self

    def mark(self, *but: int) -> "Scene":
        """Mark every unit but those of these numbers, with some variety."""
        for row in self.booth.state.rows:
            if row.unit.number not in but and not row.own:
                place = (row.unit.number * 7 + row.unit.number // 4) % 9
                self.booth.mark(row.unit.code, CHOICES[(0, 1, 0, 1, 2, 1, 0, 1, 4)[place]])
        return self

    def confirm(self) -> "Scene":
        """Review and confirm."""
        self.booth.review()
        self.clock.advance(1)
        self.booth.confirm()
        return self

    def cast(self) -> "Scene":
        """Cast."""
        self.confirm().work()
        return self


def _idle() -> Scene:
    return Scene()


def _code() -> Scene:
    return Scene().type(CODE[:9])


def _wrong_code() -> Scene:
    scene = Scene()
    scene.desk.refusal = Refused(
        SlipReason.MISTYPED, "票码有误（校验位不符），请对照票码条核对，点错的那一位改正。"
    )
    return scene.enter()


def _other_session() -> Scene:
    scene = Scene()
    scene.desk.refusal = Refused(
        SlipReason.NOT_OPEN_YET, "这是“部门互评（第2次）”的票码条，那场会议尚未开始投票，请届时使用。"
    )
    return scene.enter()


def _locked() -> Scene:
    scene = Scene()
    for _ in range(5):
        scene.enter("9999888877776666")
        scene.clock.advance(60 if scene.booth.state.wait and _ < 4 else 0)
    return scene


def _own_unit() -> Scene:
    scene = Scene(peer_admission(drawn=True)).enter()
    scene.booth.name_own(unit_code(13))
    return scene


def _ballot() -> Scene:
    return Scene(peer_admission()).enter().mark(*range(16, 26))


def _fresh() -> Scene:
    return Scene(peer_admission()).enter()


def _leadership() -> Scene:
    return Scene(leadership_admission()).enter().mark(*range(16, 26))


def _too_many() -> Scene:
    scene = Scene(peer_admission(max_excellent=7)).enter()
    for number in range(1, 9):
        scene.booth.mark(unit_code(number), Mark.EXCELLENT)
    return scene


def _paged() -> Scene:
    return Scene(peer_admission(60)).enter().mark(3, 17, 44)


def _few() -> Scene:
    return Scene(peer_admission(5, own=3)).enter().mark(5)


def _unmarked() -> Scene:
    scene = Scene(peer_admission()).enter().mark(4, 9, 16, 21)
    scene.booth.review()
    return scene


def _review() -> Scene:
    scene = Scene(peer_admission()).enter().mark()
    scene.booth.review()
    return scene


def _review_paged() -> Scene:
    scene = Scene(peer_admission(60)).enter().mark()
    scene.booth.review()
    return scene


def _sealing() -> Scene:
    scene = Scene().enter().mark().confirm()
    # The ballot is not put into the box: the picture shows the wait for it.
    scene.booth.take_work()
    return scene


def _tracker() -> Scene:
    return Scene().enter().mark().cast()


def _warning() -> Scene:
    scene = _ballot()
    scene.clock.advance(101)
    return scene


def _discard() -> Scene:
    scene = _ballot()
    scene.booth.ask_discard()
    return scene


def _scanned() -> Scene:
    scene = _ballot()
    scene.booth.scan("9999888877776666")
    return scene


def _trouble() -> Scene:
    scene = Scene().enter().mark()
    scene.desk.refusal = Unavailable(SlipReason.UNKNOWN, "磁盘已满，选票没有保存。")
    return scene.cast()


def _stopped() -> Scene:
    scene = Scene().enter().mark()
    scene.desk.refusal = EvidenceBroken(SlipReason.UNKNOWN, "票箱校验未通过，文件可能已被改动。")
    return scene.cast()


def _leaving() -> Scene:
    scene = _ballot()
    scene.booth.ask_exit()
    return scene


def _covered() -> Scene:
    scene = _ballot()
    scene.booth.see(Sight.MIRRORED)
    return scene


def _one_screen() -> Scene:
    scene = Scene()
    scene.booth.offer_strip(True)
    return scene


def _strip_asked() -> Scene:
    scene = _one_screen()
    scene.booth.ask_strip()
    return scene


_CALM, _LARGE, _CONTRAST = Look(), Look(150), Look(100, high_contrast=True)

STEPS: dict[str, tuple[Callable[[], Scene], Look]] = {
    "01-idle": (_idle, _CALM),
    "02-code": (_code, _CALM),
    "03-code-wrong": (_wrong_code, _CALM),
    "04-code-wait": (_locked, _CALM),
    "05-own-unit": (_own_unit, _CALM),
    "06-ballot-empty": (_fresh, _CALM),
    "07-ballot": (_ballot, _CALM),
    "08-ballot-leadership": (_leadership, _CALM),
    "09-ballot-too-many": (_too_many, _CALM),
    "10-ballot-contrast": (_ballot, _CONTRAST),
    "11-ballot-large": (_ballot, _LARGE),
    "12-ballot-larger": (_ballot, Look(130)),
    "13-ballot-60-units": (_paged, _CALM),
    "14-ballot-5-units": (_few, _CALM),
    "15-review-unmarked": (_unmarked, _CALM),
    "16-review": (_review, _CALM),
    "17-review-contrast": (_review, _CONTRAST),
    "18-review-60-units": (_review_paged, _CALM),
    "19-sealing": (_sealing, _CALM),
    "20-tracker": (_tracker, _CALM),
    "21-warning": (_warning, _CALM),
    "22-discard": (_discard, _CALM),
    "23-trouble": (_trouble, _CALM),
    "30-scanned": (_scanned, _CALM),
    "24-stopped": (_stopped, _CALM),
    "25-leave": (_leaving, _CALM),
    "26-idle-contrast": (_idle, _CONTRAST),
    "27-code-contrast": (_wrong_code, _CONTRAST),
    "28-own-unit-large": (_own_unit, _LARGE),
    "29-review-large": (_review, _LARGE),
    "31-covered": (_covered, _CALM),
    "32-covered-large": (_covered, _LARGE),
    "33-idle-one-screen": (_one_screen, _CALM),
    "34-strip-passphrase": (_strip_asked, _CALM),
    "31-done-large": (_tracker, _LARGE),
    "32-code-of-another-session": (_other_session, _CALM),
}


def booth_pictures(size: QSize, only: list[str] | None = None) -> Iterator[tuple[str, QPixmap]]:
    """Every step of the booth on a screen of `size` as (name, picture); needs a themed application."""
    worker = Worker()
    for name, (walk, look) in STEPS.items():
        if only and not any(part in name for part in only):
            continue
        scene = walk()
        window = BoothWindow(scene.booth, worker, look)
        window.resize(size)
        window.show()
        window.show_state(scene.booth.state)
        page = window.page
        if name.startswith(("07", "10", "11")):
            page.view.go_to(15)
        QApplication.processEvents()
        yield name, window.grab()
        window.shut()
    worker.close()
