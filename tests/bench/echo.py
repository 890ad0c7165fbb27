"""The least a starlette server can do for a room: no rules, no database, no screen.

python tests/bench/echo.py PORT
"""

import asyncio
import itertools
import sys
from collections.abc import AsyncIterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

ids = itertools.count(1)
version = 0
news = asyncio.Event()


async def join(request: Request) -> JSONResponse:
    await request.json()
    id = next(ids)
    return JSONResponse({"token": str(id), "participant": {"id": id}})


async def vote(request: Request) -> JSONResponse:
    return JSONResponse(await request.json())


async def reveal(_request: Request) -> JSONResponse:
    global version, news
    version += 1
    told, news = news, asyncio.Event()
    told.set()
    return JSONResponse({})


async def events(_request: Request) -> StreamingResponse:
    async def said() -> AsyncIterator[str]:
        while True:
            waiting = news
            yield f"id: {version}\ndata: {{}}\n\n"
            await waiting.wait()

    return StreamingResponse(said(), media_type="text/event-stream")


routes = [
    Route("/api/join", join, methods=["POST"]),
    Route("/api/vote", vote, methods=["POST"]),
    Route("/api/reveal", reveal, methods=["POST"]),
    Route("/api/events", events),
]

if __name__ == "__main__":
    config = uvicorn.Config(
        Starlette(routes=routes),
        port=int(sys.argv[1]),
        log_level="critical",
        http="httptools",
        backlog=4096,
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run()
