"""Is what was checked counted as it is, for a small archive that can be counted by hand?"""

from gaoxin_vote.belenios.verification import ArchiveReport, verify_archive
from gaoxin_vote.workflow.record.sample import SampleRun
from gaoxin_vote.workflow.verify.checks import checks


def counted(report: ArchiveReport) -> dict[str, int]:
    return {check.name: check.count for check in checks(report)}


def test_the_leadership_rating_of_the_sample(sample_year: SampleRun) -> None:
    """9 ballots on 25 units with 4 answers and a blank each; the officer and 2 of 3 trustees decrypted."""
    found = counted(verify_archive(sample_year.archives[0].read_bytes()))
    cells = 25 * 5
    assert found["ballots"] == 9
    assert found["ballot_proofs"] == 9 * (cells + 25 * 2)
    assert found["sums"] == found["counts"] == cells
    assert found["decryption_proofs"] == 3 * cells
    assert found["credentials"] == 9 + 3  # with the spares
    assert found["trustees"] == 4
    assert found["events"] == 1 + 9 + 1 + 1 + 3 + 1
    assert all(check.words for check in checks(verify_archive(sample_year.archives[0].read_bytes())))
