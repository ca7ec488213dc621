"""What the tests of pages and figures look at: their data, their boxes, their colours, and a text that would do harm."""

import base64
import json
import re
import zlib

from rlsgraph.explorer import page

HOSTILE = '</script><script>alert(1)</script><!-- & "quoted" \u202eevil\u2028'


def data_of(text):
    packed = re.search(r'<script type="text/plain" id="data">(.*?)</script>', text, re.DOTALL)[1]
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def overlap(one, other):
    return abs(one.x - other.x) < (one.width + other.width) / 2 and abs(one.y - other.y) < (one.height + other.height) / 2


def solid(layout):
    return [place for place in layout.places.values() if not place.is_waypoint]


def schemes():
    sheet = page._own_file("explorer.css")
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    colours = [dict(re.findall(r"--([\w-]+): (#\w{6});", part)) for part in (light, dark)]
    return [colours[0], colours[0] | colours[1]]
