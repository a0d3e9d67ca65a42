import pytest
from callers import Caller
from flask import Flask
from werkzeug.http import parse_options_header

from examsvc.core.web.downloads import download

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("enrolments.xlsx", "enrolments.xlsx"),
        ("附件3-智能体.pdf", "file.pdf"),
        ("财务 𬎆.pdf", "file.pdf"),
        ('a".pdf', "file.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "file.pdf"),
        ("名.<img>", "file.%3Cimg%3E"),
        ("没有结尾", "file.%E6%B2%A1%E6%9C%89%E7%BB%93%E5%B0%BE"),
    ],
)
def test_a_download_is_kept_under_its_name_and_never_opened_here(app: Flask, name: str, plain: str) -> None:
    answer = download(b"<script>", name, "text/html")
    header = answer.headers["Content-Disposition"]
    assert header.startswith(f'attachment; filename="{plain}"; filename*=')
    assert header.isascii()
    assert parse_options_header(header) == ("attachment", {"filename": name})
    assert (answer.data, answer.headers["Cache-Control"]) == (b"<script>", "no-store")


def test_what_is_public_may_be_kept_by_caches_and_its_type_is_not_guessed(nobody: Caller) -> None:
    answer = nobody.get("/registry.xlsx")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="registry-2026-11-23.xlsx"')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Cache-Control" not in answer.headers
