"""How are days and times said?"""

from datetime import date, datetime
from fractions import Fraction

from gaoxin_vote.domain.spoken import spoken_day, spoken_ratio, spoken_time


def test_a_day_is_spoken_without_leading_zeros() -> None:
    assert spoken_day(date(2018, 1, 7)) == "2018年1月7日"


def test_the_time_is_spoken_in_its_zone() -> None:
    assert (
        spoken_time(datetime.fromisoformat("2018-01-17T15:04:05+08:00"))
        == "2018年1月17日15时04分（北京时间）"
    )
    assert (
        spoken_time(datetime.fromisoformat("2018-01-17T12:34:05+05:30"))
        == "2018年1月17日12时34分（UTC+5:30，不是北京时间）"
    )


def test_a_ratio_is_spoken_as_offices_write_it() -> None:
    assert [spoken_ratio(Fraction(each)) for each in ("2/3", "1/2", "1", "51/100")] == [
        "三分之二",
        "二分之一",
        "全部",
        "100分之51",
    ]
