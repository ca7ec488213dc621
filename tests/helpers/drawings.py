"""What the tests of pages and figures look at: their data, their boxes, their colours, and a text that would do harm."""

import json
import re

from rlsgraph.explorer import page

HOSTILE = '</script><script>alert(1)</script><!-- & "quoted" \u202eevil\u2028'


def data_of(text):
    """Return the data of a page, the rows of its tables as objects."""
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])
    claims = {key: unpacked(row, data["claim_table"]) for key, row in data["claims"].items()}
    for claim in claims.values():
        if "items" in claim:
            claim["items"] = [unpacked(row, data["item_table"]) for row in claim["items"]]
    return data | {"claims": claims}


def unpacked(row, table):
    shared = table["shared"]
    cells = zip(table["columns"], row, strict=False)
    return {column: shared[column][cell] if column in shared else cell for column, cell in cells if cell is not None}


def overlap(one, other):
    return abs(one.x - other.x) < (one.width + other.width) / 2 and abs(one.y - other.y) < (one.height + other.height) / 2


def solid(layout):
    return [place for place in layout.places.values() if not place.is_waypoint]


def schemes():
    sheet = page._own_file("explorer.css")
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    colours = [dict(re.findall(r"--([\w-]+): (#\w{6});", part)) for part in (light, dark)]
    return [colours[0], colours[0] | colours[1]]
