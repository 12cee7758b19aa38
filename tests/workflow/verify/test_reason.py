"""Are the reasons that `verify --json` prints what docs/files.md and scripts know?"""

from gaoxin_vote.workflow.verify.reason import VerifyReason


def test_their_names_do_not_change() -> None:
    assert {reason.name for reason in VerifyReason} == {
        "MISSING",
        "UNKNOWN",
        "BAD_EXPECTATION",
        "OTHER_TRUSTEES",
        "OTHER_CERTIFICATE",
    }
