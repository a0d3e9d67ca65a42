"""A Safe Exam Browser in front of the application: asks for a challenge and answers it."""

from typing import Any

from sitters import Sitter
from werkzeug.test import TestResponse

from examsvc.delivery.safe_browser.addresses import hashed
from examsvc.delivery.safe_browser.states import KeyKind

FOREIGN = "0f" * 32


class Browser:
    """A browser with keys, at a sitter's log-in; `script`: its pages read them, else its requests carry them."""

    def __init__(self, sitter: Sitter, public_url: str, config: str, exam: str = FOREIGN, *, script: bool) -> None:
        self.sitter, self.public_url, self.script = sitter, public_url, script
        self.keys = {KeyKind.CONFIG_KEY: config, KeyKind.BROWSER_EXAM_KEY: exam}

    def challenge(self) -> dict[str, Any]:
        made = self.sitter.post(f"{self.sitter.path}/safe-browser/challenges", {})
        assert made.status_code == 201, made.json
        return dict(made.json)

    def answer(self, challenge: dict[str, Any], *, by: Sitter | None = None) -> TestResponse:
        path = f"/api/safe-browser/challenges/{challenge['nonce']}"
        page = self.public_url + challenge["page_path"]
        at = page if self.script else self.public_url + path
        config, exam = (hashed(at, self.keys[kind]) for kind in KeyKind)
        body = {"page_address": page, "version": "SEB_Windows_3.8.0"}
        headers = {}
        if self.script:
            body |= {"config_key": config, "browser_exam_key": exam}
        else:
            headers = {"X-SafeExamBrowser-ConfigKeyHash": config, "X-SafeExamBrowser-RequestHash": exam}
        return (by or self.sitter).post(path, body, headers=headers)

    def prove(self) -> TestResponse:
        return self.answer(self.challenge())
