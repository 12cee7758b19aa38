"""Is a record package as it was signed, file by file, and does its manifest speak of the year in it?

The first is asked before anything else: damage is told by the name of the file that it struck.
"""

import json
from typing import Any

from gaoxin_vote.belenios.evidence import found_at
from gaoxin_vote.documents.certification import check_signature
from gaoxin_vote.domain.codec import Json, to_json
from gaoxin_vote.domain.scheme import AssessmentScheme
from gaoxin_vote.errors import EvidenceBroken
from gaoxin_vote.workflow.record.package_files import (
    CERTIFICATE,
    MANIFEST,
    SIGNATURE,
    Files,
    content_of,
    json_of,
    manifest_of,
    packaged_sheets,
)
from gaoxin_vote.workflow.record.package_flaw import PackageFlaw, as_evidence
from gaoxin_vote.workflow.verify.differences import json_differences


def signed_manifest(files: Files) -> dict[str, Any]:
    """The manifest, once it is signed by the package's certificate and lists exactly these files.

    Whose certificate that is and what else the manifest says is not looked at here. Raises `EvidenceBroken`
    naming the first file that is missing, changed or too many.
    """
    certificate, signature = content_of(files, CERTIFICATE), content_of(files, SIGNATURE)
    content = content_of(files, MANIFEST)
    with as_evidence(SIGNATURE), found_at("清单的签名不成立"):
        check_signature(certificate, signature.decode(), content)
    manifest: dict[str, Any] = json_of(files, MANIFEST)
    with as_evidence(MANIFEST):
        listed = {entry["path"]: entry for entry in manifest["files"]}
    for name in listed:
        content_of(files, name)
    found = {entry["path"]: entry for entry in json.loads(manifest_of(files))["files"]}
    for name, entry in found.items():
        if name not in listed:
            raise EvidenceBroken(PackageFlaw.UNKNOWN_FILE, f"考核档案包中有不应有的文件：{name[:100]}。")
        if listed[name] != entry:
            raise EvidenceBroken(PackageFlaw.DIGEST, f"文件与清单不符，已被改动：{name[:100]}。")
    return manifest


def check_facts(
    files: Files, manifest: dict[str, Any], scheme: AssessmentScheme, administrators: set[str | None]
) -> None:
    """The manifest says of the year what the files say; `administrators` are those of the archives."""
    with as_evidence(MANIFEST):
        facts: dict[str, Json] = {
            "office": manifest["office"],
            "workspace": manifest["workspace"],
            "year": scheme.year,
            "title": scheme.title,
            "audit_head": manifest["audit_head"],
            "sample": bool(manifest["sample"]),
            "sheets": [to_json(sheet) for sheet in packaged_sheets(manifest)],
        }
        if administrators - {manifest["office"]}:
            raise EvidenceBroken(PackageFlaw.DIGEST, "清单上的单位与选票档案的不一致。")
    for found in json_differences(manifest, json.loads(manifest_of(files, **facts))):
        raise EvidenceBroken(
            PackageFlaw.DIGEST, f"清单所载的{found.where()}为{found.given}，应为{found.computed}。"
        )
