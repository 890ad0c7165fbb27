"""All addresses of one room's server, behind one gate."""

from collections.abc import Iterable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from quiz.live import LiveRoom
from quiz.web import static_files
from quiz.web.api import Api
from quiz.web.gate import Gate
from quiz.web.hall import Hall
from quiz.web.phones import Phones
from quiz.web.stream import Streams
from quiz.web.trouble import handlers
from quiz.web.wall import Wall

_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class Site:
    """What the network may ask of one room. Nothing here leads it: that is the host's screen."""

    def __init__(self, live: LiveRoom, address: str, names: Iterable[str] = ()) -> None:
        """`address` is the one given out, `names` are further names of this machine."""
        self.streams: Streams = set()
        self.wall = Wall(live, address, self.streams)
        hall = Hall(live)
        routes = [
            *Phones(hall, self.streams).routes,
            *Api(hall, self.streams).routes,
            *self.wall.routes,
            Route("/static/{name}", _static),
            Route("/ping", _ping),
        ]
        inner = Starlette(routes=routes, exception_handlers=handlers(live.view.language))
        self.gate = Gate(inner, live.view.language, names)


async def _static(request: Request) -> Response:
    found = static_files.find(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return Response(found.content, headers=_FOREVER, media_type=found.kind)


async def _ping(_request: Request) -> Response:
    return PlainTextResponse("netral")
