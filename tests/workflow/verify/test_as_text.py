"""What does a scrutineer read?"""

from pathlib import Path

from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.verify import as_text
from gaoxin_vote.workflow.verify.any_file import verify_path
from tests.documents.papers import certified, render, self_rated


def words(sample_year: SampleRun, place: int, expect: str | None = None) -> str:
    path = (*sample_year.archives, *sample_year.sheets[1:])[place]
    return "\n".join(as_text.described(verify_path(path, expect=expect)))


def test_an_archive_alone_says_what_it_cannot_prove(sample_year: SampleRun) -> None:
    said = words(sample_year, 0)
    assert "选票9张" in said and "防止内部人员串通改数" in said
    assert (
        said.splitlines()[-1].strip()
        == "核验通过：文件自身一致，尚未核对指纹，请与《密钥发放记录》逐位核对。"
    )


def test_what_was_compared_is_named_and_what_was_not_too(sample_year: SampleRun) -> None:
    assert "文件不带签名证书指纹，未比对" in words(sample_year, 0, sample_year.fingerprint)
    assert "开箱密钥指纹、签名证书指纹与给定的指纹相符" in words(sample_year, 2, sample_year.fingerprint)


def test_a_sheet_is_read_row_by_row_and_a_sample_says_so(sample_year: SampleRun) -> None:
    said = words(sample_year, 2)
    assert "演示数据，不能作为凭据。" in said
    assert "办公室" in said and "签名后未作任何改动" in said


def test_a_unit_that_rated_itself_is_told_with_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "F5.pdf"
    path.write_bytes(certified(render(self_rated(25, 1))))
    told = [line for line in as_text.described(verify_path(path)) if "※" in line]
    assert len(told) == 2
    assert "※办公室" in told[0]
    assert "请留意：※办公室有效25张，而收回的25张中至少有1张是本单位的票" in told[1]
