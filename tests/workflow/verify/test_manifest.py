"""Is a package as it was signed, and is damage told by the file that it struck?"""

import json

import pytest

from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import MANIFEST
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw
from gaoxin_vote.workflow.verify.manifest import signed_manifest
from tests.workflow.packages import Files


def test_the_manifest_lists_every_file_with_its_digest(package: Files) -> None:
    manifest = signed_manifest(package)
    assert {entry["path"] for entry in manifest["files"]} == package.keys() - {MANIFEST, "manifest.sig"}
    assert manifest == json.loads(package[MANIFEST])


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("record.json", lambda content: content + b" ", PackageFlaw.DIGEST),
        ("strange.txt", lambda content: b"x", PackageFlaw.UNKNOWN_FILE),
        ("record.json", lambda content: None, PackageFlaw.INCOMPLETE),
    ],
)
def test_what_is_changed_too_many_or_missing_is_named(
    package: Files, name: str, change: object, reason: PackageFlaw
) -> None:
    content = change(package.get(name, b""))  # type: ignore[operator]
    files = {path: text for path, text in (package | {name: content}).items() if text is not None}
    with pytest.raises(EvidenceBroken, match=name.replace(".", r"\.")) as broken:
        signed_manifest(files)
    assert broken.value.reason is reason
