"""Make a right text bad, by a generator of random numbers: the same number gives the same text."""

from random import Random

TERMS = (
    '"NaN"^^xsd:double',
    '"INF"^^xsd:double',
    '"-INF"^^xsd:float',
    "1e400",
    "-1",
    "0",
    "1.5",
    '"text"',
    '""',
    '"\\u0000"',
    '"\\u202E"@ar',
    '"2020-13"^^xsd:gYearMonth',
    '"0000"^^xsd:gYear',
    '"-12"^^xsd:gYear',
    '"99999999999999"^^xsd:gYear',
    '"2020-01-01T00:00:00Z"^^xsd:dateTime',
    '"True"^^xsd:boolean',
    '"yes"',
    "true",
    "false",
    '"1"^^<urn:none>',
    "[]",
    "()",
    "( 1 2 )",
    "( claim:a.increases.b )",
    "[ rdf:value 1 ]",
    "<<( entity:a rls:increases entity:b )>>",
    "<< entity:a rls:increases entity:b >>",
    "<urn:x>",
    "<>",
    "<#>",
    "entity:a",
    "entity:none",
    "source:s1",
    "claim:a.increases.b",
    "rls:Supports",
    "rls:none",
    "rdf:nil",
    "_:b",
    "owl:sameAs",
    "rls:score",
    "rdf:type",
    "rls:claims",
    f'"{"9" * 400}"^^xsd:integer',
    f'"{"long " * 3000}"',
    '"<script>alert(1)</script>"@en',
    '"=1+1"',
    '"\\n\\t\\r"',
    "'a''b'",
    '"e\\u0301"',
)
QUERY_PIECES = (
    "SERVICE",
    "service",
    "SERVICE SILENT",
    "SERVICE#>\n",
    "SERVICE:a#>\n",
    "SILENT",
    "FILTER(1<2)",
    "FILTER(?o<2)#>",
    "FILTER(?o<2)'>'",
    "LOAD",
    "<",
    ">",
    "<2)",
    "#",
    "\n",
    "'",
    '"',
    "'''",
    '"""',
    "\\",
    "\\u0053",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "<<(",
    ")>>",
    "{|",
    "|}",
    "~",
    "^",
    "^^",
    "|",
    "/",
    "*",
    "+",
    "!",
    "-",
    "&&",
    "||",
    "=",
    ",",
    ";",
    ".",
    "?",
    "$",
    "?x",
    "?service",
    ":",
    "p:",
    "_:b",
    "@en",
    "a",
    "true",
    "1",
    "1.5e3",
    "UNION",
    "OPTIONAL",
    "MINUS",
    "GRAPH ?g",
    "EXISTS",
    "NOT",
    "BIND(1 AS ?y)",
    "VALUES ?z { 1 UNDEF }",
    "LIMIT 2",
    "OFFSET 1",
    "FROM <urn:g>",
    "FROM NAMED <urn:g>",
    "ORDER BY",
    "GROUP BY ?x",
    "HAVING",
    "COUNT(*)",
    "IN",
    "AS",
    "LATERAL",
    "COALESCE(",
    "STRDT('a', xsd:double)",
    "UUID()",
    "STRLANGDIR('a','en','ltr')",
    "entity:a.b.c",
    "claim:a.increases.b",
    "rls:support(",
    "<http://127.0.0.1:9/>",
    "BASE <urn:b>",
    "PREFIX service: <urn:s>",
    "xsd:gYear('x')",
    "\ufeff",
    "\u00a0",
    "\u0000",
    "\ud7ff",
    "ſERVICE",
    "²",
    "😀",
)
_NESTS = (
    ("{", "}"),
    ("(", ")"),
    ("[ ?p ", "]"),
    ("<<( ?s ?p ", ")>>"),
    ("COALESCE(", ")"),
    ("OPTIONAL {", "}"),
    ("!", ""),
    ("1+", "1"),
    ("'a'||", ""),
)


def mutated(pick: Random, text: str, pieces: tuple[str, ...]) -> str:
    """Return a text with some of its words changed for others, taken out, doubled, moved or nested."""
    words = text.split(" ")
    for _ in range(1 + min(int(pick.expovariate(0.5)), 12)):
        place = pick.randrange(len(words))
        match pick.randrange(8):
            case 0 | 1:
                words[place] = pick.choice(pieces)
            case 2 | 3:
                words.insert(place, pick.choice(pieces))
            case 4:
                del words[place : place + pick.randint(1, 5)]
                words = words or [""]
            case 5:
                words[place:place] = words[place : place + pick.randint(1, 10)]
            case 6:
                other = pick.randrange(len(words))
                words[place], words[other] = words[other], words[place]
            case 7:
                words[place] = pick.choice(("", words[place])).join(_nest(pick))
    return pick.choice((" ", " ", " ", "\t", "\n", "")).join(words) if pick.random() < 0.05 else " ".join(words)


def reworded(pick: Random, triples: list[str], prefixes: str) -> str:
    """Return Turtle of triples (lines of N-Triples), of which some say another thing, are gone, or are said twice."""
    lines = list(triples)
    for _ in range(pick.choice((1, 1, 1, 2, 3))):
        place = pick.randrange(len(lines))
        subject, predicate, object_ = lines[place].rstrip(" .").split(" ", 2)
        other = pick.choice(triples).rstrip(" .").split(" ", 2)
        match pick.randrange(7):
            case 0 | 1 | 2:
                lines[place] = f"{subject} {predicate} {pick.choice(TERMS)} ."
            case 3:
                lines.append(f"{subject} {predicate} {pick.choice((*TERMS, other[2]))} .")
            case 4:
                del lines[place]
            case 5:
                lines[place] = f"{subject} {other[1]} {object_} ."
            case 6:
                lines[place] = f"{other[0]} {predicate} {object_} ."
    return prefixes + "\n".join(lines)


def _nest(pick: Random) -> tuple[str, str]:
    opening, closing = pick.choice(_NESTS)
    depth = pick.choice((2, 3, 50, 150, 900, 5_000))
    return opening * depth, closing * depth


def spoilt(pick: Random, data: bytes) -> bytes:
    """Return bytes with some of them flipped, lost, doubled, or strange ones among them."""
    held = bytearray(data)
    for _ in range(pick.randint(1, 4)):
        place = pick.randrange(len(held) + 1)
        match pick.randrange(7):
            case 0 if held:
                held[place % len(held)] ^= 1 << pick.randrange(8)
            case 1:
                del held[place : place + pick.randint(1, 40)]
            case 2:
                held[place:place] = held[place : place + pick.randint(1, 400)]
            case 3:
                held[place:place] = pick.choice(
                    (b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\xc3", b'"', b"<<(" * 300, b"{" * 5_000)
                )
            case 4:
                del held[place:]
            case 5:
                held[:0] = pick.choice(
                    (b"\xef\xbb\xbf", b"\xff\xfe", b"\n" * 10, b"#" * 100, b"<!DOCTYPE x>", b"[" * 3_000, b"<a>" * 3_000)
                )
            case 6:
                held[place:place] = b"[" * pick.choice((2, 120, 4_000))
    return bytes(held)
