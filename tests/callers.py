"""A browser in front of the application: keeps its cookie, carries its CSRF token."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

PASSWORD = "correct horse 7"


class Caller:
    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.csrf_token = ""

    def log_in(self, username: str, password: str = PASSWORD) -> "Caller":
        """Log in as a member of staff."""
        answer = self.post("/api/login", {"username": username, "password": password})
        assert answer.status_code == 200, answer.json
        self.csrf_token = answer.json["csrf_token"]
        return self

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._send("GET", path, None, options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self._send("POST", path, body, options)

    def put(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self._send("PUT", path, body, options)

    def patch(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self._send("PATCH", path, body, options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self._send("DELETE", path, None, options)

    def _send(self, method: str, path: str, body: Any, options: dict[str, Any]) -> TestResponse:
        headers = {"X-CSRF-Token": self.csrf_token, **options.pop("headers", {})}
        if body is not None:
            options["json"] = body
        return self.client.open(path, method=method, headers=headers, **options)
