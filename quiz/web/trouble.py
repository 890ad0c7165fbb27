"""What is answered when something cannot be done: a sentence, as a page or as JSON."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from quiz.errors import IllegalMove, StoreError
from quiz.i18n import _
from quiz.web import pages

Handler = Callable[[Request, Exception], Awaitable[Response]]


def sentence(error: Exception) -> tuple[int, str]:
    """The status of an error and what is said about it."""
    match error:
        case IllegalMove():
            return 409, error.message
        case StoreError():
            # Where the file lies concerns the facilitator, whose screen says it.
            return 503, _("This could not be saved. Please try again in a moment.")
        case HTTPException(status_code=404, detail="Not Found"):
            return 404, _("There is no such page here.")
        case HTTPException(status_code=405):
            return 405, _("This address does not work like that.")
        case HTTPException():
            return error.status_code, error.detail
        case _:
            return 500, _("Something went wrong here. Please try again.")


def handlers(language: str) -> dict[Any, Handler]:
    """What answers each kind of error, in `language`."""

    async def answer(request: Request, error: Exception) -> Response:
        status, said = sentence(error)
        headers: Mapping[str, str] | None = None
        if isinstance(error, HTTPException):
            headers = error.headers
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": said}, status, headers)
        page = pages.document(language, pages.message(_("This did not work"), said))
        return HTMLResponse(page, status, headers)

    return dict.fromkeys((HTTPException, IllegalMove, StoreError, Exception), answer)
