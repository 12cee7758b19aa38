"""The sample year, as the importers want it."""

from pathlib import Path

import pytest

from gaoxin_vote.domain.indicator import Indicator
from gaoxin_vote.domain.inputs import AssessmentInputs
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.domain.scheme_file import load_scheme, shipped_scheme_text
from gaoxin_vote.resources import resource
from gaoxin_vote.spreadsheets.catalogue import catalogue_of
from gaoxin_vote.spreadsheets.folder import read_assessment_folder
from gaoxin_vote.spreadsheets.naming import UnitNames


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the sample year."""
    return resource("samples/2017")


@pytest.fixture(scope="session")
def faulty() -> Path:
    """Small files for tests of this layer."""
    return Path(__file__).parent.parent / "data" / "spreadsheets"


@pytest.fixture(scope="session")
def scheme() -> AssessmentScheme:
    """The scheme of 2017."""
    return load_scheme(shipped_scheme_text())


@pytest.fixture(scope="session")
def inputs(sample: Path, scheme: AssessmentScheme) -> AssessmentInputs:
    """All inputs of the sample year."""
    return read_assessment_folder(sample, scheme, complete=True).inputs


@pytest.fixture(scope="session")
def names(inputs: AssessmentInputs) -> UnitNames:
    """The 25 units, with the aliases of the scheme."""
    return UnitNames(inputs.units, inputs.scheme.aliases)


@pytest.fixture(scope="session")
def catalogue(inputs: AssessmentInputs) -> tuple[Indicator, ...]:
    """The four indicators that every unit has."""
    return catalogue_of(inputs.scores)
