"""Write the sources as BibTeX and RIS, for reference managers. The graph records the first author of each alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rlsgraph.formats.exchange.content import Content, on_one_line
from rlsgraph.model.namespaces import slug_of
from rlsgraph.model.things import Source

_TEX = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "<": "\\textless{}",
    ">": "\\textgreater{}",
    "|": "\\textbar{}",
} | {character: f"\\{character}" for character in "&%$#_"}
"""BibTeX counts braces that are escaped too, so those are written as words."""


def bibtex(content: Content) -> str:
    """Return BibTeX in UTF-8, one entry a source; keys are plain and each another, whatever the case of their letters."""
    head = (
        f"% {on_one_line(content.title).replace('@', ' at ')}, version {content.version}\n% First authors alone are recorded.\n"
    )
    keys = _keys(content.sources)
    return "\n".join((head, *(_bibtex_entry(key, source) for key, source in zip(keys, content.sources, strict=True))))


def ris(content: Content) -> str:
    """Return RIS in UTF-8, one record a source."""
    return "\r\n".join(_ris_record(source) for source in content.sources)


def _bibtex_entry(key: str, source: Source) -> str:
    addresses = [address for name, address in source.links if name == "Web page"] or [
        address for _, address in source.links if not source.doi
    ]
    fields = {
        "title": f"{{{_tex(source.title)}}}",
        "author": _bibtex_author(source.first_author),
        "journal": _tex(source.journal),
        "year": str(source.year or ""),
        "doi": _plain(source.doi),
        "url": _plain(addresses[0]) if addresses else "",
        "note": _tex("; ".join(_notes(source))),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{'article' if source.journal else 'misc'}{{{key},\n{lines}\n}}\n"


def _bibtex_author(author: str) -> str:
    """Return `Allen RP` as family name and initials; the name of a group in braces, so that it is not taken apart."""
    match = _person(author)
    if match:
        return f"{_tex(match['family'])}, {' '.join(f'{initial}.' for initial in match['initials'])}"
    return f"{{{_tex(author)}}}" if author else ""


def _person(author: str) -> re.Match[str] | None:
    return None if " and " in author.lower() else re.fullmatch(r"(?P<family>[^,]+) (?P<initials>[^\W\d_a-z]{1,4})", author)


def _ris_record(source: Source) -> str:
    match = _person(source.first_author)
    author = f"{match['family']}, {' '.join(f'{i}.' for i in match['initials'])}" if match else source.first_author
    lines = [
        ("TY", "JOUR" if source.journal else "GEN"),
        ("AU", author),
        ("TI", source.title),
        ("JO", source.journal),
        ("PY", str(source.year or "")),
        ("DO", source.doi),
        *(("UR", address) for _, address in source.links),
        ("N1", "; ".join((*_notes(source), *(["First author only"] if author else [])))),
    ]
    return "".join(f"{tag}  - {on_one_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def _notes(source: Source) -> list[str]:
    known = {"Retracted": source.retracted, f"PMID {source.pmid}": source.pmid, f"PMCID {source.pmcid}": source.pmcid}
    return [note for note, holds in known.items() if holds]


def _keys(sources: Iterable[Source]) -> list[str]:
    keys: dict[str, str] = {}
    for source in sources:
        plain = re.sub(r"[^A-Za-z0-9.:+-]+", "-", slug_of(source.iri)).strip("-") or "source"
        key, number = plain, 2
        while key.lower() in keys:
            key, number = f"{plain}-{number}", number + 1
        keys[key.lower()] = key
    return list(keys.values())


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in on_one_line(text))


def _plain(address: str) -> str:
    """Return an address as it stands; only what would end the field is written as percent codes."""
    return re.sub(r"[\s{}\\]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
