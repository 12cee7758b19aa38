"""How are days and times said on screens and sheets?"""

from datetime import date, datetime
from fractions import Fraction


def spoken_day(day: date) -> str:
    """Such as 2018年1月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


def spoken_time(when: datetime, *, seconds: bool = False) -> str:
    """Such as 2018年1月10日15时04分（北京时间）, perhaps with its seconds; `when` knows its zone."""
    offset = when.strftime("%z")
    hours = f"{offset[0]}{int(offset[1:3])}" + (f":{offset[3:5]}" if offset[3:5] != "00" else "")
    second = f"{when:%S}秒" if seconds else ""
    zone = "北京时间" if offset == "+0800" else f"UTC{hours}，不是北京时间"
    return f"{spoken_day(when)}{when:%H}时{when:%M}分{second}（{zone}）"


_DIGITS = "零一二三四五六七八九"


def spoken_ratio(ratio: Fraction) -> str:
    """A part of a whole up to 1: 三分之二, 100分之51, 全部."""
    parts = (ratio.denominator, ratio.numerator)
    below, above = (_DIGITS[part] if part < len(_DIGITS) else str(part) for part in parts)
    return "全部" if ratio == 1 else f"{below}分之{above}"
