"""Files that a page shows or plays: how each is answered."""

from typing import Final

from flask import Response, request

ANY_TYPE: Final = "application/octet-stream"
"""What the OpenAPI description says of a file whose type only its bytes decide."""
_KEPT_SECONDS: Final = 24 * 60 * 60


def shown(data: bytes, media_type: str, digest: str) -> Response:
    """Return the bytes to be shown or played in a page, whole or the range that was asked for.

    The address names the content by its digest, so the caller's own browser may keep it; no cache between may. Alone
    in a tab the file can do nothing, whatever is in it.
    """
    answer = Response(data, content_type=media_type)
    answer.headers["Cache-Control"] = f"private, max-age={_KEPT_SECONDS}, immutable"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.set_etag(digest)
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=len(data))
    return answer
