"""How are days and times said on screens and sheets?"""

from datetime import date, datetime


def spoken_day(day: date) -> str:
    """Such as 2018年1月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


def spoken_time(when: datetime, *, seconds: bool = False) -> str:
    """Such as 2018年1月10日15时04分（UTC+8）, perhaps with its seconds; `when` knows its zone."""
    offset = when.strftime("%z")
    hours = f"{offset[0]}{int(offset[1:3])}" + (f":{offset[3:5]}" if offset[3:5] != "00" else "")
    second = f"{when:%S}秒" if seconds else ""
    return f"{spoken_day(when)}{when:%H}时{when:%M}分{second}（UTC{hours}）"
