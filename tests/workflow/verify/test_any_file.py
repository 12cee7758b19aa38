"""What is a file by its content?"""

from pathlib import Path

import pytest

from gaoxin_vote.errors import EvidenceBroken, Refused
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.verify.any_file import verify_path
from gaoxin_vote.workflow.verify.reason import VerifyReason


def test_a_file_is_known_by_what_is_in_it(sample_year: SampleRun, tmp_path: Path) -> None:
    renamed = tmp_path / "archive.bin"
    renamed.write_bytes(sample_year.archives[0].read_bytes())
    assert verify_path(renamed).digest == verify_path(sample_year.archives[0]).digest
    for name, content in (("empty.bel", b""),):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(EvidenceBroken, match="文件是空的"):
            verify_path(tmp_path / name)
    (tmp_path / "letter.txt").write_text("你好", encoding="utf-8")
    with pytest.raises(Refused) as error:
        verify_path(tmp_path / "letter.txt")
    assert error.value.reason is VerifyReason.UNKNOWN
    with pytest.raises(Refused) as error:
        verify_path(tmp_path / "nothing.bel")
    assert error.value.reason is VerifyReason.MISSING
    with pytest.raises(Refused, match="不是普通文件") as error:
        verify_path(Path("/dev/zero"))
    assert error.value.reason is VerifyReason.UNKNOWN
