"""The picture that a synthetic candidate's camera sends: grey noise of the size of a real frame."""

import io

import numpy as np
from PIL import Image

WIDTH, HEIGHT, QUALITY = 320, 240, 60


def jpeg(seed: int = 1) -> bytes:
    """Return a JPEG of about eight kilobytes, neither dark nor even, so that no check calls it covered."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(40, 220, size=(HEIGHT // 16, WIDTH // 16), dtype=np.uint8)
    picture = Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    noisy = np.asarray(picture, dtype=np.int16) + rng.integers(-12, 13, size=(HEIGHT, WIDTH))
    file = io.BytesIO()
    Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
