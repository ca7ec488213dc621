"""A graph whose texts would do harm if they were not taken as text: markup, scripts, addresses, marks of direction, length."""

import json
from itertools import pairwise

MARKUP = '<img src=x onerror="window.harmed=1">"><script>window.harmed=1</script><!-- ]]> &amp;'
ADDRESS = "javascript:window.harmed=1"
TURNED = "\u202eesrever\u2066 \u061cturned\u200f \u2028next"
UNSEEN = "zero\u200b\u200dwidth\ufeff\u00ad \u0001\u0007\u007f\u0085 nul\ufffd"
TEMPLATE = "${window.harmed=1} {{7*7}} {% x %} %s %(x)s"
LONG = "W" * 10_000
MANY = 3_000
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

ENTITIES = {"markup": MARKUP, "address": ADDRESS, "turned": TURNED, "unseen": UNSEEN, "template": TEMPLATE, "long": LONG}

HARM = """(turning) => ({
  harmed: window.harmed === undefined ? "" : "a script of a label ran",
  images: document.querySelectorAll("img, iframe, object, embed").length,
  scripts: document.querySelectorAll("script:not([type='text/plain'])").length,
  links: [...document.querySelectorAll("[href], [src]")].map((one) => one.getAttribute("href") || one.getAttribute("src"))
    .filter((address) => /^\\s*(javascript|vbscript|file):/i.test(address)),
  listeners: [...document.querySelectorAll("*")].flatMap((one) => one.getAttributeNames()).filter((said) => /^on/.test(said)),
  turned: [...document.body.innerText].filter((letter) => turning.includes(letter)).length,
  wide: document.documentElement.scrollWidth - innerWidth,
})"""
SAFE = {"harmed": "", "images": 0, "scripts": 2, "links": [], "listeners": [], "turned": 0, "wide": 0}
"""What a page holds that it must not, and what a page of this graph holds; `HARM` takes `TURNING`."""


def _text(value):
    return json.dumps(value)


def hostile_text():
    """Return Turtle without prefixes: a chain of claims through all entities, a hypothesis along it, and hostile evidence."""
    names = list(ENTITIES)
    parts = []
    for name, label in ENTITIES.items():
        parts.append(f"entity:{name} a rls:Entity ; skos:prefLabel {_text(label)}@en ; skos:definition {_text(label)}@en ; ")
        parts.append(f"rls:group rls:GutGroup ; skos:altLabel {_text(label[:200] + ' too')}@en .\n")
    synonyms = ", ".join(_text(f"{MARKUP} {number}") + "@en" for number in range(MANY))
    parts.append(f"entity:markup skos:altLabel {synonyms} .\n")
    claims = []
    for number, (start, end) in enumerate(pairwise(names)):
        predicate = ("increases", "decreases")[number % 2]
        claim, item, source = f"claim:{start}.{predicate}.{end}", f"evidence:{start}", f"source:{start}"
        text = _text(ENTITIES[start])
        claims.append(claim)
        parts.append(f"{claim} a rls:Claim, rdf:Statement ; rdf:subject entity:{start} ; rdf:predicate rls:{predicate} ; ")
        parts.append(f"rdf:object entity:{end} ; rls:hasEvidence {item} .\n")
        parts.append(
            f"{item} a rls:Evidence ; dcterms:identifier {text} ; rls:direction rls:Supports ; rls:studyDesign rls:Cohort ; "
        )
        parts.append(f"rls:sampleSize 90 ; rls:finding {text}@en ; rls:limitations {text}@en ; rls:population {text}@en ; ")
        parts.append(f"rls:effect {text}@en ; rls:locator {text} ; rls:measure rls:MeanDifference ; rls:unit {text} ; ")
        parts.append("rls:favours rls:Higher ; rls:estimate 2.0e0 ; rls:intervalLow 1.0e0 ; rls:intervalHigh 3.0e0 ; ")
        parts.append(f"dcterms:source {source} .\n{source} a rls:Source ; dcterms:title {text} ; rls:firstAuthor {text} ; ")
        parts.append(f'rls:journal {text} ; dcterms:issued "{2000 + number}"^^xsd:gYear ; bibo:doi {text} .\n')
    parts.append(f"hypothesis:h a rls:Hypothesis ; skos:prefLabel {_text(MARKUP)}@en ; skos:definition {_text(TURNED)}@en ; ")
    parts.append(f"rls:start entity:markup ; rls:end entity:long ; rls:claims ( {' '.join(claims)} ) ; ")
    parts.append(f"rls:status rls:Proposed ; dcterms:source source:markup ; rls:locator {_text(ADDRESS)} .\n")
    return "".join(parts)
