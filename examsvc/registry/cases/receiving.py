"""Takes an uploaded file in, for every edge that keeps one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask_smorest import Blueprint
from werkzeug.datastructures import FileStorage

from examsvc.core.web.uploads import limited
from examsvc.registry.cases import uploads
from examsvc.registry.cases.schemas import FileInput
from examsvc.registry.cases.uploads import Upload

Method = Callable[..., Any]


def takes_file(
    blp: Blueprint, *, allowed: tuple[str, ...] = uploads.DOCUMENTS, most: int = uploads.MOST_BYTES
) -> Callable[[Method], Method]:
    """Give a method of the blueprint the form's `file`, checked, as its first argument; it stands below `allow`.

    A body larger than `most` bytes and the fields beside them is refused (TooLarge) before any of it is read; of
    one without a length no more is read. Raises what `uploads.checked` raises.
    """

    def decorate(method: Method) -> Method:
        @wraps(method)
        def receive(view: Any, files: dict[str, FileStorage], *args: Any, **named: Any) -> Any:
            return method(view, _checked(files["file"], allowed, most), *args, **named)

        parse: Method = blp.arguments(FileInput, location="files")(receive)
        return limited(most)(parse)

    return decorate


def _checked(sent: FileStorage, allowed: tuple[str, ...], most: int) -> Upload:
    return uploads.checked(sent.filename or "", sent.stream.read(most + 1), allowed=allowed, most=most)
