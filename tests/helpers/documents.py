"""What the documents show: blocks of code, and the commands in them."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A block of code in a document."""

    place: str
    language: str
    text: str

    @property
    def lines(self):
        """The lines that are given to a shell, each whole: all of `sh`, and those after a prompt elsewhere."""
        whole = self.text.replace("\\\n", " ").splitlines()
        if self.language != "sh":
            whole = [line.removeprefix("$ ") for line in whole if line.startswith("$ ")]
        return [line for line in whole if split(line)]

    @property
    def commands(self):
        """The arguments of each `rlsgraph` in it."""
        return [words[1:] for words in map(split, self.lines) if words[0] == "rlsgraph"]


def blocks(path: Path) -> list[Block]:
    """Return the blocks of a document in order."""
    text = path.read_text("utf-8")
    return [Block(f"{path.name}:{text.count(chr(10), 0, found.start()) + 2}", *found.groups()) for found in BLOCK.finditer(text)]


def split(line: str) -> list[str]:
    """Return the words of a line of a shell, without a comment and what comes after a redirection, pipe or semicolon."""
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    found = list(words)
    ends = [place for place, word in enumerate(found) if set(word) <= set("><|;&")]
    return found[: ends[0]] if ends else found
