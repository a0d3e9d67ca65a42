"""A receipt as a QR code, to be scanned with a phone. Pure."""

import zxingcpp


def qr_svg(address: str) -> bytes:
    """Return the QR code of the address as an SVG; least correction, because a receipt is long and a screen clean."""
    symbol = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    return str(zxingcpp.write_barcode_to_svg(symbol)).encode()
