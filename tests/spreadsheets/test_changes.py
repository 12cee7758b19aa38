"""What an import would change."""

from hypothesis import given

from gaoxin_vote.domain.units import Leader
from gaoxin_vote.spreadsheets.changes import ImportChanges, changes
from gaoxin_vote.spreadsheets.kinds.units import LEADERS
from tests.spreadsheets.strategies import leaders

OLD = (Leader("L1", "书记"), Leader("L2", "主任"), Leader("L3", "委员"))


def test_added_changed_removed() -> None:
    new = (Leader("L4", "主席"), Leader("L2", "副主任"), Leader("L1", "书记"))
    found = changes(LEADERS, OLD, new)
    assert found == ImportChanges(
        (Leader("L4", "主席"),), ((Leader("L2", "主任"), Leader("L2", "副主任")),), (Leader("L3", "委员"),)
    )
    assert found


def test_the_same_once_more_changes_nothing() -> None:
    assert not changes(LEADERS, OLD, reversed(OLD))
    assert not changes(LEADERS, (), ())


@given(leaders, leaders)
def test_changes_lead_from_one_to_the_other(before: tuple[Leader, ...], after: tuple[Leader, ...]) -> None:
    found = changes(LEADERS, before, after)
    built = {leader.code: leader for leader in before}
    for leader in found.removed:
        del built[leader.code]
    built |= {leader.code: leader for leader in found.added}
    built |= {leader.code: leader for _, leader in found.changed}
    assert built == {leader.code: leader for leader in after}
