"""The QR code of a certificate as the drawing takes it. Pure."""

import numpy as np
import zxingcpp
from PIL import Image

from examsvc.core import print_pictures

MOST_PHOTO_PIXELS = (580, 812)  # 29 × 40.6 mm on paper, at 500 ppi


def qr(url: str, pixels: int) -> Image.Image:
    """Return the QR code with its quiet zone, as large as whole and even pixels of a module allow."""
    modules = np.array(zxingcpp.write_barcode_to_image(print_pictures.qr_symbol(url)))
    scale = pixels // len(modules) // 2 * 2
    return Image.fromarray(modules.repeat(scale, axis=0).repeat(scale, axis=1))
