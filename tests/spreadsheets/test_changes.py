"""What an import would change."""

from hypothesis import given

from gaoxin_vote.domain.units import Leader
from gaoxin_vote.spreadsheets.changes import ImportChanges, ImportMode, changes, merged
from gaoxin_vote.spreadsheets.kinds.units import LEADERS
from tests.spreadsheets.strategies import leaders

OLD = (Leader("L1", "书记"), Leader("L2", "主任"), Leader("L3", "委员"))


def test_added_changed_removed() -> None:
    new = (Leader("L4", "主席"), Leader("L2", "副主任"), Leader("L1", "书记"))
    found = changes(LEADERS, OLD, new)
    assert found == ImportChanges(
        added=(Leader("L4", "主席"),),
        changed=((Leader("L2", "主任"), Leader("L2", "副主任")),),
        removed=(Leader("L3", "委员"),),
        overwritten=((Leader("L2", "主任"), Leader("L2", "副主任")),),
    )
    assert found
    assert found.going == (Leader("L3", "委员"), Leader("L2", "主任"))


def test_another_group_of_the_same_leader_is_a_change_that_loses_nothing() -> None:
    found = changes(LEADERS, OLD[:1], (Leader("L1", "书记", group="主要领导"),))
    assert len(found.changed) == 1
    assert found.going == ()


def test_a_file_adds_and_updates_or_replaces() -> None:
    file = (Leader("L4", "主席"), Leader("L2", "主任", group="其他"))
    added = merged(LEADERS, OLD, file, ImportMode.ADD)
    assert [leader.code for leader in added] == ["L1", "L2", "L3", "L4"]
    assert added[1].group == "其他"
    assert merged(LEADERS, OLD, file, ImportMode.REPLACE) == file
    turned = OLD[::-1]
    assert merged(LEADERS, OLD, turned, ImportMode.ADD) == turned  # a whole file brings its order


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
