"""The finished year of the workflow's tests, to be verified in a window."""

from tests.workflow.conftest import sample_year

__all__ = ["sample_year"]
