// Write a drawing as SVG, and from that as PNG. A scene says all that is drawn, in pixels and plain colours:
//   { width, height, title, ground?, left?, top?, right?, bottom?,
//     boxes: [{ x, y, w, h, lines, kind, fill, stroke, strokeWidth?, ink, size?, opacity? }],
//     lines: [{ d, width, dashes, colour, head, end: { x, y, angle }, opacity? }],
//     captions?: [{ x, y, text, size, ink }] }
// width and height are those of the drawing; left, top, right and bottom are room around it, for the captions.
// x and y of a box are its centre. A head has its tip at `end` and points along `angle` (radians, clockwise from the right).

const SCENE_FACE = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const SCENE_SIZE = 13;
const SCENE_LEADING = 1.23;
const MOST_PIXELS = { side: 16000, area: 100e6 };

/** Each head along the x axis, its tip at 0, in units of its length; the bar stands across the end of the line. */
const HEAD_SHAPES = {
  arrow: { outline: [[0, 0], [-1, -0.42], [-1, 0.42]], length: 1, core: 0.9 },
  bar: { outline: [[0, -0.55], [0, 0.55], [-0.28, 0.55], [-0.28, -0.55]], length: 1, core: 0.14 },
  diamond: { outline: [[0, 0], [-0.55, -0.36], [-1.1, 0], [-0.55, 0.36]], length: 1, core: 0.9 },
  vee: { outline: [[0, 0], [-1, -0.42], [-0.7, 0], [-1, 0.42]], length: 0.8, core: 0.65 },
};

const headScale = (head, width) => HEAD_SHAPES[head].length * (7 + 2.2 * width);

/** Return a scene as the text of a standalone SVG file. */
function sceneSvg(scene) {
  const [x, y] = [-decimal(scene.left), -decimal(scene.top)];
  const [width, height] = sceneSize(scene).map(decimal);
  const size = { width, height, viewBox: `${x} ${y} ${width} ${height}` };
  const font = { "font-family": SCENE_FACE, "font-size": SCENE_SIZE, "text-anchor": "middle" };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `${tagOf("svg", { xmlns: "http://www.w3.org/2000/svg", ...size, role: "img" })}\n`,
    `<title>${xmlText(scene.title || "")}</title>\n`,
    `${tagOf("rect", { x, y, width, height, fill: scene.ground || "#ffffff" }, true)}\n`,
    ...scene.lines.map((line) => `${lineSvg(line)}\n`),
    `${tagOf("g", font)}\n`,
    ...scene.boxes.map((box) => `${boxSvg(box)}\n`),
    ...(scene.captions || []).map((caption) => `${captionSvg(caption)}\n`),
    "</g>\n</svg>\n",
  ].join("");
}

/** How wide and high a scene is with the room around it. */
const sceneSize = ({ width, height, left = 0, top = 0, right = 0, bottom = 0 }) => [left + width + right, top + height + bottom];

const captionSvg = ({ x, y, text, size, ink }) =>
  `${tagOf("text", { x: decimal(x), y: decimal(y), "font-size": decimal(size), fill: ink })}${xmlText(text)}</text>`;

const faint = (opacity) => (opacity === undefined ? {} : { opacity: decimal(opacity) });

function lineSvg({ d, width, dashes, colour, head, end, opacity }) {
  const hasHead = head in HEAD_SHAPES && end;
  const run = hasHead ? stoppedLine(d, head, width, end) : d;
  const stroke = { d: run, fill: "none", stroke: colour, "stroke-width": decimal(width) };
  const pattern = dashes && dashes.length ? { "stroke-dasharray": dashes.map(decimal).join(" ") } : {};
  const drawnLine = tagOf("path", { ...stroke, ...pattern, ...faint(opacity) }, true);
  return hasHead ? `${drawnLine}${tagOf("path", { d: headPath(head, width, end), fill: colour, ...faint(opacity) }, true)}` : drawnLine;
}

/** A line that runs to the tip of its head stops inside the head, so that a broad one does not stick out beside the tip. */
function stoppedLine(d, head, width, { x, y, angle }) {
  const last = /([-+.\de]+)[\s,]+([-+.\de]+)\s*$/i.exec(d);
  if (!last || Math.hypot(last[1] - x, last[2] - y) > 0.5) return d;
  const back = HEAD_SHAPES[head].core * headScale(head, width);
  return `${d.slice(0, last.index)}${decimal(x - back * Math.cos(angle))} ${decimal(y - back * Math.sin(angle))}`;
}

/** Return the outline of a head, turned and moved to the end of its line. */
function headPath(head, width, { x, y, angle }) {
  const [cos, sin, scale] = [Math.cos(angle), Math.sin(angle), headScale(head, width)];
  const points = HEAD_SHAPES[head].outline.map(([along, across]) => [
    decimal(x + scale * (along * cos - across * sin)),
    decimal(y + scale * (along * sin + across * cos)),
  ]);
  return `M${points.map((point) => point.join(" ")).join("L")}Z`;
}

function boxSvg({ x, y, w, h, lines: words, kind, fill: ground, stroke, strokeWidth, ink, size, opacity }) {
  const place = { x: decimal(x - w / 2), y: decimal(y - h / 2), width: decimal(w), height: decimal(h), rx: 4 };
  const frame = { fill: paintOf(ground), stroke: paintOf(stroke), "stroke-width": decimal(strokeWidth || 1) };
  const letters = size || SCENE_SIZE;
  const first = y - ((words.length - 1) / 2) * letters * SCENE_LEADING + letters * 0.35;
  const written = words.map((text, index) => {
    const at = { x: decimal(x), y: decimal(first + index * letters * SCENE_LEADING) };
    return `${tagOf("text", { ...at, fill: ink, ...(size ? { "font-size": decimal(size) } : {}) })}${xmlText(text)}</text>`;
  });
  return `${tagOf("g", { class: kind, ...faint(opacity) })}${tagOf("rect", { ...place, ...frame }, true)}${written.join("")}</g>`;
}

/** SVG 1.1 knows no “transparent”. */
const paintOf = (colour) => (!colour || colour === "transparent" ? "none" : colour);

function tagOf(tag, attributes, isEmpty = false) {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${xmlText(value ?? "")}"`);
  return `<${tag}${written.join("")}${isEmpty ? "/" : ""}>`;
}

const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const xmlText = (text) => onOneLine(text).replace(/[&<>"']/g, (character) => XML[character]);

/** A number with two decimals at most; what is none is 0. */
const decimal = (value) => Math.round((Number(value) || 0) * 100) / 100;

/** Promise a scene as a PNG blob, `scale` pixels for each of its own, fewer where no canvas could hold so many. */
async function scenePng(scene, scale = 2) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(sceneSvg(scene))}`;
  await picture.decode();
  const [width, height] = sceneSize(scene);
  const most = Math.min(MOST_PIXELS.side / Math.max(width, height), Math.sqrt(MOST_PIXELS.area / (width * height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(width * Math.min(scale, most)));
  canvas.height = Math.max(1, Math.floor(height * Math.min(scale, most)));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
  if (!blob) throw new Error("the drawing is too large for a picture");
  return blob;
}
