"""Blocks over HTTP beside a callback that does nothing: alone, and with eight clients at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from typing import Any

from components.block import Block
from tests.benchmarks.server import Client
from tests.benchmarks.slices import Slices, demo_viewers
from tests.benchmarks.spread import Spread, seconds

CLIENTS = 8
ROUNDS = 4
Ask = Callable[[Client], object]


def measure(url: str, port: int, blocks: Sequence[Block], each: int) -> dict[str, Any]:
    """Round trips of every block; `each` is how many of a kind."""
    slices, viewer = Slices(url), demo_viewers(url)[0]

    def fresh(block: Block) -> str:
        return slices.draw(block, viewer).asked.search

    _warm_up(port, blocks, fresh)
    return {
        block.key: {
            "alone": _alone(port, block, fresh, each),
            "crowd": _crowd(port, block, fresh, each),
        }
        for block in blocks
    }


def _warm_up(port: int, blocks: Sequence[Block], fresh: Callable[[Block], str]) -> None:
    """Both workers have imported, compiled and answered everything once."""
    for _ in range(CLIENTS):
        with closing(Client(port)) as client:
            for block in blocks:
                client.check(block, fresh(block))


def _alone(port: int, block: Block, fresh: Callable[[Block], str], each: int) -> dict[str, Any]:
    """One client asks in turn for nothing, a cached and an uncached answer."""
    times: dict[str, list[float]] = {"nothing": [], "cached": [], "uncached": []}
    sizes: list[float] = []
    with closing(Client(port)) as client:
        again = fresh(block)
        client.block(block, again)
        for _ in range(each):
            new = fresh(block)
            times["nothing"].append(seconds(lambda: client.nothing(again)))
            times["cached"].append(seconds(lambda: client.block(block, again)))
            times["uncached"].append(
                seconds(lambda new=new: sizes.append(len(client.block(block, new))))
            )
    return {"bytes": Spread.of(sizes), **_spreads(times)}


def _crowd(port: int, block: Block, fresh: Callable[[Block], str], each: int) -> dict[str, Any]:
    """Eight clients without a pause between requests, a round of each kind after the other."""
    again = fresh(block)
    share = max(1, each // ROUNDS)
    times: dict[str, list[float]] = {"nothing": [], "cached": [], "uncached": []}
    clients = [Client(port) for _ in range(CLIENTS)]
    for client in clients:
        client.block(block, again)
    with ThreadPoolExecutor(CLIENTS) as pool:
        for _ in range(ROUNDS):
            for kind, searches in (
                ("nothing", None),
                ("cached", [again] * share * CLIENTS),
                ("uncached", [fresh(block) for _ in range(share * CLIENTS)]),
            ):
                asks = _asks(block, searches, again, share * CLIENTS)
                work = [(clients[n], asks[n::CLIENTS]) for n in range(CLIENTS)]
                times[kind] += chain.from_iterable(pool.map(_one_after_another, work))
    for client in clients:
        client.close()
    return _spreads(times)


def _asks(block: Block, searches: list[str] | None, again: str, count: int) -> list[Ask]:
    if searches is None:
        return [lambda client: client.nothing(again)] * count
    return [lambda client, search=search: client.block(block, search) for search in searches]


def _one_after_another(work: tuple[Client, list[Ask]]) -> list[float]:
    client, asks = work
    return [seconds(lambda ask=ask: ask(client)) for ask in asks]


def _spreads(times: dict[str, list[float]]) -> dict[str, Spread]:
    return {kind: Spread.of(taken) for kind, taken in times.items()}
