"""What do the tests of the documents print, and how do they read it back?"""

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from asn1crypto import keys, pem, x509
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdfium2 import PdfDocument

from gaoxin_vote.documents.canvas import MM
from gaoxin_vote.documents.certification import certify, new_certificate
from gaoxin_vote.documents.forms.count_table import TallyRow
from gaoxin_vote.documents.forms.form import Imprint, qr_text
from gaoxin_vote.documents.forms.tally_report import FORM, TallyReport
from gaoxin_vote.documents.page import BOTTOM, LEFT, RIGHT, TOP, OfficialSheet
from gaoxin_vote.documents.qr import qr_modules
from gaoxin_vote.domain.codec import Json, canonical_json
from gaoxin_vote.domain.minutes import SessionMinutes
from gaoxin_vote.domain.tally import Reconciliation, UnitCount
from gaoxin_vote.domain.units import UnitCode
from tests.contests import PEER

NAMES = (
    "办公室",
    "组织人事局",
    "机关党委",
    "工会联合会",
    "机关工会",
    "区纪委",
    "招商合作局",
    "规划管理部",
    "建设局",
    "经济发展局",
    "财政局",
    "环境保护局",
    "教育文化体育局",
    "民政和社会保障局",
    "统计局",
    "安全生产监督管理局",
    "卫生和计划生育局",
    "信访局",
    "创业服务中心",
    "城市管理执法大队",
    "国有土地上房屋征收管理办公室",
    "建设工程质量监督站",
    "华兴街道",
    "蒸水办事处",
    "高岭办事处",
)
LONG_NAME = "衡阳高新技术产业开发区国有土地上房屋征收补偿与安置管理委员会办公室"
SIGNED_AT = datetime(2018, 1, 17, 7, 4, 5, tzinfo=UTC)
OFFICE = "高新区考核办公室"


HEAD_CORNER = (150 * MM, 262 * MM, 190 * MM, 296 * MM)
"""Where a sheet shows its QR code."""


def digest(text: str) -> str:
    """64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def signer() -> tuple[bytes, bytes]:
    """A certificate and its key."""
    return new_certificate(OFFICE, 2017, datetime(2018, 1, 5, 9, tzinfo=UTC))


def tally_report(units: int = 25, **changes: Any) -> TallyReport:
    """A report with so many units, the last three in a class of their own; `changes` replaces fields."""
    report = TallyReport(
        record_id="2017-P1-Kf7TqYw2AbCdEf",
        office=OFFICE,
        year=2017,
        title="高新区2017年度目标任务考核部门互评",
        minutes=SessionMinutes(
            contest=PEER,
            held_on=date(2018, 1, 17),
            place="管委会三楼会议室",
            chair="张三",
            chief_scrutineer="李四",
            scrutineers=("王五", "赵六"),
            tellers=("钱七", "孙八"),
        ),
        reconciliation=Reconciliation(25, 25, 25, 25, 25, 0),
        spoiled=1,
        lost=0,
        added=3,
        labels=("优秀", "良好", "合格", "不合格"),
        rows=tuple(tally_row(number, units) for number in range(1, units + 1)),
        archive_digest=digest("archive"),
        tally_hash=digest("tally"),
        election_fingerprint=digest("election"),
        trustees_fingerprint=digest("trustees"),
        opened_by=("考核办", "区纪委"),
        sample=False,
    )
    return replace(report, **changes)


def render(report: TallyReport) -> bytes:
    """The first edition of a report, not signed yet."""
    return FORM.edition(report, Imprint(1))


def figures(report: TallyReport) -> dict[str, Json]:
    """What it carries."""
    return FORM.as_json(report, Imprint(1))


def figures_digest(report: TallyReport) -> str:
    """SHA-256 of that, 64 hex digits."""
    return hashlib.sha256(canonical_json(figures(report)).encode()).hexdigest()


def carrying(told: Any, report: TallyReport, code: str = "") -> bytes:
    """A sheet that prints `report` but carries the figures `told`; its QR says their digest or `code`."""
    content = canonical_json(told).encode()
    sheet = OfficialSheet(
        f"{report.title}{FORM.name}",
        watermark="演示" if report.sample else "",
        mark=f"记录编号：{report.record_id}（第1版）",
        qr_text=qr_text(report.record_id, code or digest(content.decode())),
        figures=content,
    )
    FORM.draw(sheet, report)
    return sheet.finish()


def tally_row(number: int, units: int, *, recusals: int | None = 1) -> TallyRow:
    """25 ballots, one of them the unit's own."""
    grades = (12 - number % 5, 6 + number % 3, 2 + number % 2, number % 2)
    code = UnitCode(f"U{number:02}")
    return TallyRow(
        number=number,
        code=code,
        name=NAMES[(number - 1) % len(NAMES)],
        unit_class="街道(办事处)" if number > units - 3 else "机关部门",
        count=UnitCount(code, grades, 25 - sum(grades), recusals),
        score=Decimal("8.00") + number * Decimal("0.01"),
    )


def self_rated(units: int, marked: int) -> TallyReport:
    """A report in which as many units have a mark of every ballot, their own included."""
    rows = tuple(tally_row(number, units, recusals=None) for number in range(1, units + 1))
    odd = tuple(
        replace(row, count=replace(row.count, grades=(10, 10, 5, 0), blanks=0, own_ballots=1))
        for row in rows[:marked]
    )
    return tally_report(units, rows=(*odd, *rows[marked:]))


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page as one string without blanks and line feeds."""
    with PdfDocument(pdf) as document:
        texts = []
        for page in document:
            layer = page.get_textpage()
            texts.append(re.sub(r"\s", "", layer.get_text_bounded()))
            layer.close()
            page.close()
    return texts


def strays(pdf: bytes) -> list[tuple[int, str, float, float]]:
    """Characters outside the text block, but for the head above it and the page number below it."""
    found = []
    with PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            layer = page.get_textpage()
            for index in range(layer.count_chars()):
                character = layer.get_text_range(index, 1)
                left, bottom, right, top = layer.get_charbox(index)
                if not character.strip() or character in "演示":
                    continue
                in_head = bottom >= TOP
                in_number = top <= BOTTOM - 6 * MM and character in f"—{number}"
                if left < LEFT - 1 or right > RIGHT + 1 or not (bottom >= BOTTOM - 1 or in_head or in_number):
                    found.append((number, character, left, bottom))
            layer.close()
            page.close()
    return found


Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


def boxes(pdf: bytes, words: str, page: int = 0) -> list[Box]:
    """The box around each place where `words` stand in one line."""
    found = []
    with PdfDocument(pdf) as document:
        layer = document[page].get_textpage()
        search = layer.search(words)
        while (place := search.get_next()) is not None:
            each = [layer.get_charbox(place[0] + offset) for offset in range(place[1])]
            found.append((each[0][0], min(box[1] for box in each), each[-1][2], max(box[3] for box in each)))
        search.close()
        layer.close()
    return found


def collide(one: Box, other: Box) -> bool:
    """Whether two boxes have a point in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def fonts(pdf: bytes) -> list[str]:
    """The fonts that the file speaks of; every one must carry the prefix of an embedded subset."""
    named = sorted({name.decode() for name in re.findall(rb"/BaseFont\s*/(\S+)", pdf)})
    embedded = len(re.findall(rb"/FontFile2", pdf))
    assert embedded >= len(named), "a font is not embedded"
    return named


def shows_qr(pdf: bytes, text: str, *, page: int, region: tuple[float, float, float, float]) -> bool:
    """Whether exactly the code of `text` stands in the region (left, bottom, right, top in points)."""
    ink = _region(pdf, page, region).point(lambda value: 255 if value < 128 else 0)
    box = ink.getbbox()
    if box is None:
        return False
    modules = qr_modules(text)
    across, down = (box[2] - box[0]) / len(modules), (box[3] - box[1]) / len(modules)
    return all(
        (ink.getpixel((int(box[0] + (column + 0.5) * across), int(box[1] + (row + 0.5) * down))) == 255)
        == module
        for row, line in enumerate(modules)
        for column, module in enumerate(line)
    )


def _region(pdf: bytes, page: int, region: tuple[float, float, float, float]) -> Image.Image:
    """The region of the page in grey, at 300 dots to the inch."""
    with PdfDocument(pdf) as document:
        document.init_forms()
        drawn = document[page]
        left, bottom, right, top = region
        width, height = drawn.get_size()
        edges = (left, bottom, width - right, height - top)
        picture = drawn.render(scale=300 / 72, crop=edges, grayscale=True).to_pil().copy()
        drawn.close()
    return picture


def certified(pdf: bytes) -> bytes:
    """The sheet as the office signs it."""
    certificate, key = signer()
    return certify(pdf, certificate=certificate, key=key, reason="计票结果报告单", when=SIGNED_AT)


def changed(pdf: bytes, change: Callable[[Any], object]) -> bytes:
    """`pdf` with a change that is made by a pyHanko writer."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def resigned(pdf: bytes, **metadata: Any) -> bytes:
    """`pdf` signed by the same key, but in another manner."""
    certificate = x509.Certificate.load(pem.unarmor(signer()[0])[2])
    simple = signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(signer()[1])[2]),
        cert_registry=SimpleCertificateStore.from_certs([]),
    )
    asked = {"field_name": "Other", "md_algorithm": "sha256", "subfilter": fields.SigSeedSubFilter.PADES}
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    output = io.BytesIO()
    signers.PdfSigner(signers.PdfSignatureMetadata(**(asked | metadata)), simple).sign_pdf(
        writer, output=output
    )
    return output.getvalue()


def plain_sheet(figures: bytes = b"") -> bytes:
    """A small sheet that is not signed."""
    sheet = OfficialSheet("试", figures=figures)
    sheet.title("计票结果报告单")
    return sheet.finish()
