"""QR codes."""

import zxingcpp


def svg(text: str) -> str:
    """Return a QR code of the text as an SVG picture, with medium error correction."""
    return str(
        zxingcpp.write_barcode_to_svg(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"))
    )
