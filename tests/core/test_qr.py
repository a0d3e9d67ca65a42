import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from examsvc.core import qr

PIXELS = 1_000_000


def picture(text: str, side: int = 400) -> bytes:
    symbol = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode))
    return jpeg(Image.fromarray(np.array(symbol)).resize((side, side), Image.Resampling.NEAREST))


def jpeg(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "JPEG")
    return written.getvalue()


def test_a_code_is_read_from_a_picture() -> None:
    assert qr.read(picture("T1.2611230001.0123456789abcdef"), most_pixels=PIXELS) == "T1.2611230001.0123456789abcdef"


def test_nothing_is_read_where_there_is_no_code_no_picture_or_too_large_a_one() -> None:
    assert qr.read(jpeg(Image.new("L", (400, 300), 128)), most_pixels=PIXELS) is None
    assert qr.read(b"\xff\xd8\xff no picture", most_pixels=PIXELS) is None
    assert qr.read(picture("T1.1.a", side=1100), most_pixels=PIXELS) is None


@pytest.mark.parametrize("side", [12_000, 65_500])
def test_a_small_file_that_claims_a_huge_picture_is_read_as_none(side: int) -> None:
    small = bytearray(jpeg(Image.new("L", (16, 16), 128)))
    frame = small.index(b"\xff\xc0") + 5
    small[frame : frame + 4] = side.to_bytes(2, "big") * 2
    assert qr.read(bytes(small), most_pixels=PIXELS) is None
