import hashlib
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdf
import pytest
import zxingcpp
from PIL import Image

from certificates import printing
from certificates.errors import CannotBePrinted
from certificates.numbering import PROVISIONAL
from certificates.printing import Faces, Press
from examsvc.core import blobs, canonical, settings
from examsvc.core.settings import Settings

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 23, 1, 0, 0, 123456, tzinfo=UTC)
IDENTITY_NUMBER = "310101199003073877"
PUBLIC_URL = "https://ks.example.cn"


def record(name: str = "𬎆珺", **holder: Any) -> dict[str, Any]:
    return {
        "schema": "examsvc.certificate/1",
        "number": "SP-2026-S5GX-DZJ8-QCX3-Z",
        "holder": {
            "name": name, "document_type": "ID_CARD", "identity_index": "a" * 64,
            "identity_masked": "310**************7", "photo_digest": None, **holder,
        },
        "scheme": {"name": "人工智能模型运用", "specification_version": 1},
        "occupation": {"code": "4-04-05", "name": "软件和信息技术服务人员"},
        "organisation": {"name": "上海测试职业技能培训有限公司", "credit_code": "91350100M000100Y43"},
        "filing_number": "备案-1",
        "exam_session": {"code": "S1", "held_on": "2026-11-23"},
        "total": 86_50,
        "result_digest": "b" * 64,
        "decision": "0198a000-0000-7000-8000-000000000000",
        "issued_on": "2026-11-23",
        "nonce": "c" * 64,
    }  # fmt: skip


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings.load({"EXAMSVC_DATA_DIR": str(tmp_path_factory.mktemp("data"))})


@pytest.fixture(scope="module")
def press(fonts: Settings) -> Press:
    return Press(fonts.font_paths, PUBLIC_URL)


@pytest.fixture(scope="module")
def faces(press: Press) -> Faces:
    return press.print(record(), IDENTITY_NUMBER, issued_at=AT)


def text_of(pdf: bytes) -> str:
    (page,) = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return page.extract_text()


def test_the_same_record_gives_the_same_bytes_also_on_another_press(fonts: Settings, faces: Faces) -> None:
    again = Press(fonts.font_paths, PUBLIC_URL).print(record(), IDENTITY_NUMBER, issued_at=AT)
    assert again == faces


def test_the_timestamp_is_the_instant_of_issue(press: Press, faces: Faces) -> None:
    later = press.print(record(), IDENTITY_NUMBER, issued_at=AT + timedelta(seconds=1))
    assert later.pdf != faces.pdf
    assert later.png == faces.png


def test_a_rare_name_is_copied_out_as_it_is(faces: Faces) -> None:
    assert "姓 名 𬎆珺" in text_of(faces.pdf)


def test_the_face_has_what_practice_asks_for_on_one_page(faces: Faces) -> None:
    text = text_of(faces.pdf)
    for words in (
        "居民身份证", IDENTITY_NUMBER, "人工智能模型运用", "软件和信息技术服务人员（4-04-05）",
        "SP-2026-S5GX-DZJ8-QCX3-Z",
        "2026 年 11 月 23 日", "上海测试职业技能培训有限公司", "91350100M000100Y43", f"{PUBLIC_URL}/certificates",
        "试点内部编号", canonical.digest(record()),
    ):  # fmt: skip
        assert words in text
    assert "照 片" in text


def test_the_pdf_is_tagged_archivable_and_carries_its_record(faces: Faces) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(faces.pdf))
    metadata = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    (carried,) = pdf.attachments["record.json"]
    assert hashlib.sha256(carried).hexdigest() == canonical.digest(record())


def test_the_picture_is_an_a4_page_whose_qr_code_leads_to_the_query(faces: Faces) -> None:
    picture = Image.open(io.BytesIO(faces.png))
    assert picture.size == (1240, 1754)
    assert picture.mode == "RGB"
    assert [round(ppi) for ppi in picture.info["dpi"]] == [150, 150]
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == f"{PUBLIC_URL}/certificates?number=SP-2026-S5GX-DZJ8-QCX3-Z"


def test_the_qr_code_names_nobody(faces: Faces) -> None:
    url = printing.query_url(PUBLIC_URL, "SP-2026-S5GX-DZJ8-QCX3-Z")
    assert IDENTITY_NUMBER not in url
    assert "𬎆" not in url


@pytest.mark.parametrize("character", ["\U0003fff0", "\ue000"])
def test_a_character_without_a_glyph_is_refused(press: Press, character: str) -> None:
    with pytest.raises(CannotBePrinted):
        press.print(record(f"王{character}"), IDENTITY_NUMBER, issued_at=AT)


def test_the_photo_is_printed_without_what_the_camera_wrote(press: Press, tmp_path: Any) -> None:
    blobs.use_store(f"file://{tmp_path}")
    secret = Image.Exif()
    secret[0x010E] = "where it was taken"
    photo = io.BytesIO()
    Image.new("RGB", (600, 840), "navy").save(photo, "JPEG", exif=secret, comment="where it was taken")
    printed = press.print(record(photo_digest=blobs.put(photo.getvalue())), IDENTITY_NUMBER, issued_at=AT)
    pdf = printed.pdf
    assert "照 片" not in text_of(pdf)
    (picture,) = [image for page in pypdf.PdfReader(io.BytesIO(pdf)).pages for image in page.images][:1]
    assert b"where it was taken" not in picture.data
    assert b"where it was taken" not in pdf + printed.png


def test_the_picture_says_nothing_but_how_large_it_is(faces: Faces) -> None:
    assert set(Image.open(io.BytesIO(faces.png)).info) == {"dpi"}


def test_the_longest_names_still_make_one_page(press: Press) -> None:
    long = record("买" * 60)
    long["scheme"]["name"], long["organisation"]["name"] = "项" * 40, "机" * 60
    assert "项" * 10 in text_of(press.print(long, IDENTITY_NUMBER, issued_at=AT).pdf)


def test_what_does_not_fit_on_one_page_is_refused(press: Press) -> None:
    long = record("买" * 400)
    with pytest.raises(CannotBePrinted):
        press.print(long, IDENTITY_NUMBER, issued_at=AT)


def test_a_printed_number_is_one_that_the_query_knows() -> None:
    assert PROVISIONAL.recognise("SP2026S5GXDZJ8QCX3Z") == "SP-2026-S5GX-DZJ8-QCX3-Z"
