"""Why are the keys made anew, and does the officer mean it?"""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from gaoxin_vote.gui.ceremony.flow import CeremonyFlow
from gaoxin_vote.gui.kit.affirm import AffirmDialog
from gaoxin_vote.gui.kit.page import Page

_LONGEST = 60
"""Characters of a reason: it is printed in two lines on the record of the ceremony."""


class RenewalDialog(AffirmDialog):
    """What changes, the reason, and the passphrase."""

    danger = True

    def __init__(
        self, page: Page, call: Callable[[str, str], CeremonyFlow], then: Callable[[CeremonyFlow], object]
    ) -> None:
        super().__init__(
            page,
            "重新发放密钥？",
            "密钥文件遗失、损坏或忘记口令，开箱人数不够时，才需要重新发放。各位密钥保管人都要到场，重新领取密钥文件；"
            "以后的会议只用新的密钥，现在的密钥文件不能再用于以后的会议。已计票的会议不受影响，原来的发放记录请继续保存。",
            "重新发放",
            call,
            then,
        )

    def ask_fields(self) -> None:
        """The reason."""
        self.reason = QLineEdit()
        self.reason.setAccessibleName("重新发放的原因")
        self.reason.setPlaceholderText("如：区纪委的密钥文件遗失")
        self.reason.setMaxLength(_LONGEST)
        self.reason.returnPressed.connect(self.send)
        self.field("重新发放的原因", self.reason, "印在新的发放记录上，记入审计日志和考核档案包。")

    def values(self) -> tuple[object, ...]:
        """The reason."""
        return (self.reason.text().strip(),)

    def complete(self) -> bool:
        """Not without a reason."""
        if not self.reason.text().strip():
            self.refuse("请写明重新发放的原因。", self.reason)
            return False
        return True
