"""Why is something not verified, or not what it is held against?"""

from enum import Enum


class VerifyReason(Enum):
    """Why a file is refused."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    BAD_EXPECTATION = "bad expectation"
    OTHER_TRUSTEES = "other trustees"
    OTHER_CERTIFICATE = "other certificate"
