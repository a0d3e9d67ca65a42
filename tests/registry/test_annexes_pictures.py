"""The annexes as an office program shows them: opened in LibreOffice, kept as pictures in build/annexes/."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from annexes import ANNEX_1, sample_annex2, sample_annex3
from PIL import Image

from examsvc.registry.annexes import annex1_docx, annex1_xlsx, annex2_docx, annex3_docx

FOLDER = Path(__file__).parents[2] / "build" / "annexes"
# 黑体 and 宋体 are Microsoft's; here the open ones stand in for them.
STAND_INS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{}</fontconfig>"""
STAND_IN = """<match target="pattern"><test name="family"><string>{}</string></test>
<edit name="family" mode="assign" binding="strong"><string>{}</string></edit></match>"""
DOTS_PER_INCH = 100


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], list[Path]]:
    """Return what writes a document, opens it headless and draws its pages."""
    home = tmp_path_factory.mktemp("libreoffice")
    pairs = (("黑体", "Noto Sans CJK SC"), ("宋体", "Noto Serif CJK SC"))
    (home / "fonts.conf").write_text(
        STAND_INS.format("".join(STAND_IN.format(*pair) for pair in pairs)), encoding="utf-8"
    )
    FOLDER.mkdir(parents=True, exist_ok=True)

    def convert(name: str, data: bytes) -> list[Path]:
        path = FOLDER / name
        path.write_bytes(data)
        target = ["--headless", "--convert-to", "pdf", "--outdir", str(home), str(path)]
        environ = os.environ | {"FONTCONFIG_FILE": str(home / "fonts.conf")}
        program = ["soffice", f"-env:UserInstallation={home.as_uri()}/profile", *target]
        subprocess.run(program, check=True, capture_output=True, timeout=120, env=environ)
        pdf = home / f"{path.stem}.pdf"
        pages = FOLDER / name.replace(".", "-")
        subprocess.run(["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(pdf), str(pages)], check=True, timeout=60)
        pdf.unlink()
        return sorted(FOLDER.glob(f"{pages.name}-*.png"))

    return convert


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make", "across"),
    [
        ("annex3.docx", lambda: annex3_docx.write(sample_annex3()), False),
        ("annex2.docx", lambda: annex2_docx.write(sample_annex2()), False),
        ("annex1.docx", lambda: annex1_docx.write(ANNEX_1), True),
        ("annex1.xlsx", lambda: annex1_xlsx.write(ANNEX_1), True),
        ("annex1-template.xlsx", annex1_xlsx.template, True),
    ],
)
def test_j12_an_office_program_opens_the_annex_and_shows_a_page_with_ink(
    converted: Callable[[str, bytes], list[Path]], name: str, make: Callable[[], bytes], across: bool
) -> None:
    pages = converted(name, make())
    assert 1 <= len(pages) <= 3
    with Image.open(pages[0]) as page:
        assert (page.width > page.height) == across
        ink = page.convert("L").point(lambda shade: 255 if shade < 128 else 0).getbbox()
    assert ink is not None
    assert ink[2] - ink[0] > page.width / 2
