"""How many more slips are needed in an open session, for whom, and why?"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSpinBox

from gaoxin_vote.domain.units import UnitCode
from gaoxin_vote.gui.kit import theme
from gaoxin_vote.gui.kit.dialog import FieldsDialog
from gaoxin_vote.gui.kit.page import Page
from gaoxin_vote.gui.kit.parts import label, row
from gaoxin_vote.gui.session.state import AddedSlips, AddingState, Addition, LateElector
from gaoxin_vote.progress import Progress

Draw = Callable[[Addition, Progress], AddedSlips]


class AddingDialog(FieldsDialog):
    """Asks for spares, further electors and the reason; has the page draw the slips, then show them."""

    def __init__(
        self, page: Page, state: AddingState, draw: Draw, then: Callable[[AddedSlips], object]
    ) -> None:
        super().__init__(
            page,
            "追加票码条",
            f"{state.title}：只打印追加的票码条，以前发出的不受影响。打印或保存之后才生效，记入审计日志和报告单。",
            "生成追加的票码条…",
        )
        self._page, self._draw, self._then = page, draw, then
        self.spares = QSpinBox()
        self.spares.setAccessibleName("追加的备用票码条张数")
        self.spares.setRange(0, 500)
        self.spares.setSuffix("张")
        self.names = QLineEdit()
        self.names.setAccessibleName("增补的投票人")
        self.names.setPlaceholderText("姓名或职务，几位之间用“、”隔开")
        self.units = QListWidget()
        self.units.setAccessibleName("增补投票人的单位")
        self.units.setMaximumHeight(theme.current().px(130))
        for code, name in state.units:
            item = QListWidgetItem(f"{code} {name}")
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.units.addItem(item)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("追加的原因")
        self.reason.setPlaceholderText("如：到会人数多于预计，总监票人某某同意追加")
        self.reason.returnPressed.connect(self.send)
        self.field("备用票码条", row(self.spares, 1), "用于作废换发和遗失补发，未发出前不能投票。")
        if state.by_name:
            self.field("增补的投票人", self.names, "列在应到名单末尾，应到人数随之增加；每人另印一张票码条。")
        elif state.units:
            hint = "名单中还缺投票人的单位，勾选的各印一张票码条；谁到会，随后在“备注”登记。"
            self.field("增补投票人的单位", self.units, hint)
        else:
            self.field("增补的投票人", label(state.nobody, "muted", wrap=True))
        self.field("原因", self.reason)

    @property
    def addition(self) -> Addition:
        """What is filled in."""
        names = self.names.text().replace("，", "、").replace(",", "、").split("、")
        items = (self.units.item(place) for place in range(self.units.count()))
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        units = (UnitCode(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)
        late = (
            *(LateElector(name.strip()) for name in names if name.strip()),
            *(LateElector("", unit) for unit in units),
        )
        return Addition(self.spares.value(), late, self.reason.text().strip())

    def send(self) -> None:
        """Draw the slips; what is refused is told here."""
        addition = self.addition
        if not addition.spares and not addition.late:
            self.refuse("请填写要追加的张数，或者增补的投票人。", self.spares)
        elif not addition.reason:
            self.refuse("请写明原因。", self.reason)
        else:
            self._page.run(partial(self._draw, addition), self._then, dialog=self)
