"""Words into safe HTML, plain text and a language, on several processors: the dear part of an import."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import NamedTuple, Self

from traff.ground.core.language import language_of
from traff.ground.core.markup import clean, from_markdown, from_plain, to_text

WORKERS = 2
FEW = 300  # texts; for fewer, starting processes costs more than it gives
RENDERERS: dict[str, Callable[[str], str]] = {"markdown": from_markdown, "html": clean, "plain": from_plain}
CHUNK = 250


class Raw(NamedTuple):
    """One text as it came. A text of several pieces (a case) gives its pieces' HTML, in one language."""

    pieces: tuple[str, ...]
    markup: str
    title: str = ""
    language: str = ""  # when its author said


class Rendered(NamedTuple):
    """HTML of each piece, in their order; whether there is anything to read; "sv", "en", … or ""."""

    pieces: tuple[str, ...]
    is_empty: bool
    language: str
    trouble: str = ""


def render(texts: Sequence[Raw]) -> list[Rendered]:
    return [_render(text) for text in texts]


def _render(raw: Raw) -> Rendered:
    try:
        pieces = tuple(RENDERERS[raw.markup](piece) if piece else "" for piece in raw.pieces)
    except (RecursionError, ValueError) as error:
        return Rendered((), True, "", f"its text cannot be read as {raw.markup} ({error})")
    words = [to_text(piece) for piece in pieces]
    if raw.markup == "markdown" and not any(words) and any(piece.strip() for piece in raw.pieces):
        return _render(raw._replace(markup="plain"))  # link definitions, bare tags: shown as they were typed
    is_empty = not any(words) and not any("<img" in piece for piece in pieces)
    language = raw.language or language_of("\n".join(filter(None, [raw.title, *words])))
    return Rendered(pieces, is_empty, language)


class Renderer:
    """Texts go in by the batch and come out later; processes start only when there is much to do."""

    def __init__(self) -> None:
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def start(self, texts: Sequence[Raw]) -> "Rendering":
        if self.pool is None and len(texts) < FEW:
            return Rendering(texts, [])
        chunks = [texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK)]
        try:
            return Rendering(texts, [self._pool().submit(render, chunk) for chunk in chunks])
        except BrokenProcessPool:
            self.pool = None
            return self.start(texts)

    def _pool(self) -> ProcessPoolExecutor:
        if self.pool is None:
            self.pool = _spawned(WORKERS)
        return self.pool


class Rendering:
    def __init__(self, texts: Sequence[Raw], parts: list[Future[list[Rendered]]]) -> None:
        self.texts, self.parts = texts, parts

    def result(self) -> list[Rendered]:
        try:
            return [rendered for part in self.parts for rendered in part.result()] if self.parts else render(self.texts)
        except BrokenProcessPool:
            return list(_one_by_one(self.texts))


def _one_by_one(texts: Sequence[Raw]) -> Iterator[Rendered]:
    """Finds the text that ended its process: that one is given up, the others come out."""
    pool = _spawned(1)
    for text in texts:
        try:
            yield pool.submit(render, [text]).result()[0]
        except BrokenProcessPool:
            yield Rendered((), True, "", "its text is built so that rendering it fails; simplify it")
            pool = _spawned(1)
    pool.shutdown()


def _spawned(workers: int) -> ProcessPoolExecutor:
    """Spawned, not forked: nothing of the database's connection goes along."""
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
