"""Look for the verbatim quotes of a graph in texts that the user has: there word for word, with differences, or not."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from rlsgraph.model.namespaces import slug_of
from rlsgraph.model.things import Evidence, Source
from rlsgraph.triples.bounds import read_file

if TYPE_CHECKING:
    from rlsgraph.graph.knowledge_graph import KnowledgeGraph

PLAIN, MARKED, PDF = frozenset({".txt", ".md"}), frozenset({".html", ".htm", ".xhtml", ".xml", ".nxml"}), ".pdf"
MAX_TEXT_BYTES = 64 * 1024**2
"""A larger file is no paper."""
LEAST_ALIKE = 0.7
"""A passage that is so like a quote (of 1, difflib's ratio) is taken for it with differences."""


class QuoteState(StrEnum):
    """Name what became of a quote, in the order in which it is told."""

    MISSING = "not in the text"
    DIFFERS = "with differences"
    NO_TEXT = "no text"
    FOUND = "word for word"


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quote, where it was found (or looked for), and the passage that comes nearest where it is not there word for word."""

    item: Evidence
    state: QuoteState
    file: Path | None = None
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """What became of every quote, and the files that could not be read as texts; true where no quote is amiss."""

    quotes: tuple[CheckedQuote, ...]
    unread: tuple[Path, ...]

    def __bool__(self) -> bool:
        return not any(quote.state in (QuoteState.MISSING, QuoteState.DIFFERS) for quote in self.quotes)

    def count(self, state: QuoteState) -> int:
        """Return how many quotes are in a state."""
        return sum(quote.state is state for quote in self.quotes)


def check_quotes(kg: KnowledgeGraph, folder: Path) -> QuoteReport:
    """Look for each quote of a graph in the texts below a folder (plain, Markdown, HTML, XML; PDF where pypdf is installed).

    A text is that of a source where its file's name holds the source's id, DOI (with any mark for its slash), PMID or PMCID; a
    quote whose source has none is looked for in all. White space, hyphens at the ends of lines, the forms of dashes and quotation
    marks, and ligatures make no difference; a gap in a quote is `…`, `...` or `[…]`.
    """
    texts, unread = _read_texts(folder)
    found = [_look(item, texts) for item in kg.evidence() if item.quote.strip()]
    order = list(QuoteState)
    return QuoteReport(tuple(sorted(found, key=lambda each: (order.index(each.state), each.item.iri))), tuple(unread))


@dataclass(frozen=True)
class _Text:
    """A text with its file, in the one form in which it is compared."""

    path: Path
    text: str

    @cached_property
    def words(self) -> Sequence[str]:
        return self.text.split()


def _look(item: Evidence, texts: Sequence[_Text]) -> CheckedQuote:
    own = [text for text in texts if _is_of(text.path, item.source)]
    quote = normal_text(item.quote)
    for text in own or texts:
        if _holds(text.text, quote):
            return CheckedQuote(item, QuoteState.FOUND, text.path)
    if not own:
        return CheckedQuote(item, QuoteState.NO_TEXT)
    alike, nearest, path = max((*_nearest(text, quote), text.path) for text in own)
    state = QuoteState.DIFFERS if alike >= LEAST_ALIKE else QuoteState.MISSING
    return CheckedQuote(item, state, path, nearest)


def _is_of(path: Path, source: Source) -> bool:
    """Whether a file's name holds an identifier of a source; a number must stand by itself."""
    name = path.stem.casefold()
    names = [slug_of(source.iri), source.pmcid, re.sub(r"[^0-9a-z]+", "_", source.doi.casefold()).strip("_")]
    plain = re.sub(r"[^0-9a-z]+", "_", re.sub(r"%2f", "/", name))
    if any(_stands_in(re.sub(r"[^0-9a-z]+", "_", one.casefold()), plain) for one in names if one):
        return True
    return bool(source.pmid) and _stands_in(source.pmid, re.sub(r"pmid", "_", plain))


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?:^|_){re.escape(name)}(?:_|$)", text) is not None


# --- reading --------------------------------------------------------------------------------------------------------------


def _read_texts(folder: Path) -> tuple[list[_Text], list[Path]]:
    texts, unread = [], []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")):
        kind = path.suffix.casefold()
        content = _pdf_text(path) if kind == PDF else _plain_text(path) if kind in PLAIN | MARKED else None
        if content is not None:
            texts.append(_Text(path, normal_text(content)))
        elif kind == PDF:
            unread.append(path)
    return texts, unread


def _plain_text(path: Path) -> str:
    data = read_file(path, MAX_TEXT_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if path.suffix.casefold() not in MARKED:
        return text
    reader = _MarkedText()
    reader.feed(text)
    reader.close()
    return "".join(reader.parts)


class _MarkedText(HTMLParser):
    """What a page or an article in XML says, without its marks; an entity of a DTD is not expanded."""

    _HIDDEN = frozenset({"script", "style", "template", "head"})
    _INLINE = frozenset(
        {"a", "abbr", "b", "bold", "em", "ext-link", "font", "i", "italic", "mark", "named-content", "sc", "small", "span"}
        | {"strong", "styled-content", "sub", "sup", "u", "underline", "xref"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # the parser's signature
        if tag in self._HIDDEN:
            self._hidden.append(tag)
        elif tag not in self._INLINE:
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag not in self._INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        elif tag not in self._INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _pdf_text(path: Path) -> str | None:
    """Return the text of a PDF; None where pypdf is not installed or cannot read it."""
    try:
        from pypdf import PdfReader  # type: ignore[import-not-found,unused-ignore]  # whoever has PDFs installs it
        from pypdf.errors import PyPdfError  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    try:
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    except (PyPdfError, OSError, ValueError):
        return None


# --- comparing ------------------------------------------------------------------------------------------------------------

_MARKS = str.maketrans(dict.fromkeys("‐‑‒–—―−⁃", "-") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛‹›′`", "'"))
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_GAP = re.compile(r"\s*(?:\[\s*\.\.\.\s*\]|\(\s*\.\.\.\s*\)|\.\.\.)\s*")


def normal_text(text: str) -> str:
    """Return a text in the one form in which quotes are compared.

    >>> normal_text("the hypo-\\nthalamus ‘drives’  eﬀects – twice")
    "the hypothalamus 'drives' effects - twice"
    """
    plain = unicodedata.normalize("NFKC", html.unescape(text).translate(_UNSEEN)).translate(_MARKS)
    joined = re.sub(r"(?<=\w)-[ \t]*\r?\n\s*(?=\w)", "-", plain)
    return " ".join(re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", joined).split())


def _holds(text: str, quote: str) -> bool:
    """Whether a text holds every part of a quote, in order; a part begins and ends with whole words."""
    place = 0
    for part in filter(None, _GAP.split(quote.strip(" \"'"))):
        found = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)" if part[0].isalnum() and part[-1].isalnum() else re.escape(part))
        match = found.search(text, place)
        if match is None:
            return False
        place = match.end()
    return place > 0


def _nearest(text: _Text, quote: str) -> tuple[float, str]:
    """Return how like a quote the nearest passage of a text is (of 1), and the passage."""
    wanted = quote.split()
    size = len(wanted)
    starts = _likely_starts(text.words, wanted)
    found = [(SequenceMatcher(None, passage, quote, autojunk=False).ratio(), passage) for passage in starts]
    return max(found, default=(0.0, " ".join(text.words[:size])))


def _likely_starts(words: Sequence[str], wanted: Sequence[str], most: int = 5) -> Iterable[str]:
    """Return the passages of a quote's length that share most words with it."""
    size, needed = len(wanted), Counter(word.casefold() for word in wanted)
    shared: Mapping[str, int] = needed
    window: Counter[str] = Counter()
    scores: list[tuple[int, int]] = []
    common = 0
    for place, word in enumerate(map(str.casefold, words)):
        if place >= size:
            old = words[place - size].casefold()
            common -= window[old] <= shared.get(old, 0)
            window[old] -= 1
        window[word] += 1
        common += window[word] <= shared.get(word, 0)
        scores.append((common, -max(0, place - size + 1)))
    best = sorted(scores, reverse=True)[:most]
    return [" ".join(words[-start : -start + size]) for _, start in best]
