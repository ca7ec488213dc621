"""Write queries that are nearly right, by the grammar: with blanks left out, comments for blanks, and SERVICE among them."""

from random import Random

BLANKS = (" ", " ", " ", " ", "\n", "\t", "", "#c\n", "#>\n", "#'\n", "\r", "#SERVICE\n", "  # service <urn:x> {\n")
NAMES = (
    "entity:a",
    "rls:increases",
    "<urn:a>",
    "<#service>",
    "claim:a.increases.b",
    "p:x",
    ":service",
    "service:x",
    "p:a\\#b",
    "p:%53",
    "<\\u0061>",
)
VARIABLES = ("?s", "?p", "?o", "?x", "$y", "?service", "?SERVICE")
LITERALS = (
    "1",
    "-2",
    "1.5",
    "2e0",
    "true",
    "'a'",
    '"service"',
    "'''it's'''",
    '"#"',
    "'<'",
    "'\\''",
    '"a"@en',
    "'1'^^xsd:integer",
    "'>'",
    "''",
    "1.",
)
COMPARES = ("<", "<", "<", ">", "=", "!=", "<=", ">=", "+", "-", "*", "/", "&&", "||")
FUNCTIONS = (
    "STR",
    "LANG",
    "DATATYPE",
    "BOUND",
    "COALESCE",
    "!",
    "-",
    "IF",
    "CONCAT",
    "IRI",
    "YEAR",
    "REGEX",
    "xsd:double",
    "rls:support",
    "<urn:f>",
    "",
)
KEYWORDS = ("SERVICE", "SERVICE", "service", "SERVICE SILENT", "SERVICESILENT", "SERVICE#>\nSILENT", "SERVICE#\n")


class Writer:
    """Write one query; `url` is where a query that got out would go."""

    def __init__(self, pick: Random, url: str) -> None:
        self.pick, self.url, self.budget = pick, url, pick.randint(3, 25)

    def query(self) -> str:
        """Return the text of a query."""
        prologue = f"PREFIX : <{self.url}> PREFIX p: <urn:p:> PREFIX service: <{self.url}>"
        form = self.pick.choice(
            ("SELECT *", "SELECT *", "SELECT *", "SELECT DISTINCT *", "ASK", "CONSTRUCT {?s ?p ?o} WHERE", "DESCRIBE ?s")
        )
        end = self.pick.choice(("", "", "", " LIMIT 3", " ORDER BY ?s", " OFFSET 1", "#"))
        return self.join(prologue, form, self.group(), end)

    def join(self, *parts: str) -> str:
        """Return parts with blanks between them, or what is taken for blanks, or nothing."""
        text = parts[0]
        for part in parts[1:]:
            text += self.pick.choice(BLANKS) + part
        return text

    def group(self) -> str:
        """Return a group of patterns."""
        return self.join("{", *(self.pattern() for _ in range(self.pick.randint(0, 4))), "}")

    def pattern(self) -> str:
        """Return a pattern; few are left when the budget is spent."""
        self.budget -= 1
        kind = self.pick.randrange(14) if self.budget > 0 else self.pick.randrange(3)
        match kind:
            case 0:
                return self.join(self.term(), self.path(2), self.term(), self.pick.choice((".", ".", "", ";")))
            case 1:
                return "?s ?p ?o."
            case 2 | 3 | 4:
                return self.join("FILTER", "(" + self.expression(3) + ")")
            case 5:
                return self.join("BIND(", self.expression(2), f"AS ?b{self.budget} )")
            case 6:
                return self.join("OPTIONAL", self.group())
            case 7:
                return self.join(self.group(), "UNION", self.group())
            case 8:
                return self.join("VALUES", self.pick.choice(VARIABLES), "{", *self.pick.choices(LITERALS + NAMES, k=2), "}")
            case 9:
                return self.join("FILTER", self.pick.choice(("EXISTS", "NOT EXISTS")), self.group())
            case 10:
                return self.join("{", "SELECT *", self.group(), "}")
            case 11:
                return self.join(self.pick.choice(("MINUS", "GRAPH ?g", "GRAPH <urn:g>")), self.group())
            case _:
                place = self.pick.choice((f"<{self.url}>", ":a", "?o", "?x", "service:x", f"<{self.url}#>"))
                return self.join(self.pick.choice(KEYWORDS), place, self.group())

    def expression(self, depth: int) -> str:
        """Return an expression."""
        if depth == 0:
            return self.pick.choice((*VARIABLES, *LITERALS, *NAMES))
        match self.pick.randrange(4):
            case 0:
                return self.join(self.expression(depth - 1), self.pick.choice(COMPARES), self.expression(depth - 1))
            case 1:
                return f"{self.expression(depth - 1)}{self.pick.choice(COMPARES)}{self.expression(depth - 1)}"
            case 2:
                return self.join(self.pick.choice(FUNCTIONS) + "(", self.expression(depth - 1), ")")
            case _:
                return self.expression(depth - 1)

    def path(self, depth: int) -> str:
        """Return a path."""
        if depth == 0:
            return self.pick.choice(("?p", "a", *NAMES))
        match self.pick.randrange(6):
            case 0:
                return f"{self.path(0)}{self.pick.choice('/|')}{self.path(depth - 1)}"
            case 1:
                return f"{self.path(0)}{self.pick.choice('?*+')}"
            case 2:
                return f"{self.pick.choice('^!')}{self.path(0)}"
            case _:
                return self.path(depth - 1)

    def term(self) -> str:
        """Return what may be a subject or an object."""
        return self.pick.choice((*VARIABLES, *NAMES, *LITERALS, "[]", "( 1 ?x )", "_:b", "[ ?p 'service' ]", "<<( ?s ?p ?o )>>"))
