// Draw everything: entities as nodes of vis-network, and the lines between them by hand on its canvas. There can be more than
// a thousand lines, and a filter that changes must not wait for as many of the library's edges to change.

const EVERYTHING_HEIGHT = 620;
const NODE_WIDTH = 124;
const NODE_HEIGHT = 38;
const VEIL = 58;
const NEAR = 6;
const LINE_HEAD = 9;
const SHORT_LABEL = { characters: 16, lines: 3 };

/** The lines to draw, and the entities that none of them touches. */
const scenery = { lines: [], bare: new Set(), page: "", pointed: "", near: new Set() };
/** A label is drawn from this size on (in pixels); further out the heads of the groups stand for theirs. */
const LEAST_LABEL = 7;

/** Everything, as large as its frame allows: the data place it, by group from causes to effects. */
function fittedEverything(room) {
  const [width, height] = data.everything.size;
  const frame = Math.min(EVERYTHING_HEIGHT, Math.max(300, innerHeight - 280));
  const scale = Math.min(room / width, frame / height, 1);
  return { scale, centre: { x: width / 2, y: height / 2 }, width: room, height: Math.ceil(Math.min(frame, height * scale)), isDown: false };
}

function everyNode() {
  const inner = 2 * data.options.nodes.margin;
  const nodes = Object.entries(data.everything.places).map(([id, [x, y]]) => ({
    id: `entity:${id}`, kind: "entity", label: shortLabel(labelOf(id)), x, y,
    scaling: { label: { drawThreshold: LEAST_LABEL } },
    widthConstraint: { minimum: NODE_WIDTH - inner, maximum: NODE_WIDTH - inner },
    heightConstraint: { minimum: NODE_HEIGHT - inner, valign: "middle" },
  }));
  const heads = data.everything.heads.map(([title, x, y]) => ({ id: `head:${title} ${x}`, kind: "head", shape: "text", label: title, x, y }));
  return [...nodes, ...heads];
}

/** A label in as few lines as the rows of everything have room for; the pointer and the panel show all of it. */
const shortLabel = (label) => cutText(withoutControls(label), SHORT_LABEL.characters, SHORT_LABEL.lines);

/** Every line as an edge: what it looks like, and the nodes that it joins. */
const everyEdge = (() => {
  const edge = (stepId, value) => ({
    ...data.looks[lookOf(stepId)], step: stepId, from: `entity:${value.subject}`, to: `entity:${value.object}`,
  });
  return [
    ...(data.everything.claims ?? [...claims.keys()]).map((id) => edge(`claim:${id}`, claims.get(id))),
    ...data.everything.links.map((id) => edge(`link:${id}`, links.get(id))),
  ];
})();

/** Choose what is drawn from now on: what is not filtered out and, where the panel shows an entity, touches it. */
function sortEveryLine(faded, panel, colour) {
  const centre = panel?.kind === "entity" ? `entity:${panel.id}` : "";
  const passing = everyEdge.filter((edge) => !faded.has(edge.step));
  const touched = new Set(passing.filter((edge) => !faded.size || edge.step.startsWith("claim:")).flatMap((edge) => [edge.from, edge.to]));
  const kept = passing.filter((edge) => touched.has(edge.from) && touched.has(edge.to));
  const chosen = panel ? `${panel.kind}:${panel.id}` : "";
  scenery.lines = kept.filter((edge) => !centre || edge.from === centre || edge.to === centre).map((edge) => (
    { ...edge, colour: edge.step === chosen ? colour("focus") : colour(toneOf(edge.step)), width: edge.step === chosen ? edge.width + 3 : edge.width }
  ));
  scenery.bare = new Set(Object.keys(data.everything.places).map((id) => `entity:${id}`).filter((id) => !touched.has(id)));
  Object.assign(scenery, { page: colour("page"), pointed: "", near: new Set() });
  drawn.network?.redraw();
}

function drawEveryLine(context) {
  const at = drawn.network.getPositions();
  context.lineJoin = "round";
  for (const edge of scenery.lines) {
    context.globalAlpha = isDimmed(edge) ? FADED / 2 : 1;
    const [start, end] = [edgeOfBox(at[edge.to], at[edge.from]), edgeOfBox(at[edge.from], at[edge.to])];
    context.strokeStyle = context.fillStyle = edge.colour;
    context.lineWidth = edge.width;
    context.setLineDash(edge.dashes || []);
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
    context.stroke();
    context.setLineDash([]);
    const angle = Math.atan2(end.y - start.y, end.x - start.x);
    if (edge.arrows.to.enabled) drawHead(context, edge.arrows.to.type, end, angle, edge.width);
    if (edge.arrows.from) drawHead(context, edge.arrows.from.type, start, angle + Math.PI, edge.width);
  }
  context.globalAlpha = 1;
}

/** Whether a line is dimmed: where an entity is pointed at, all are that do not touch it. */
const isDimmed = ({ from, to }) => Boolean(scenery.pointed) && from !== scenery.pointed && to !== scenery.pointed;

/** Dim all but the neighbours of the entity that is pointed at. */
function pointAt(id) {
  if (id === scenery.pointed) return;
  const touching_ = scenery.lines.filter(({ from, to }) => from === id || to === id);
  Object.assign(scenery, { pointed: touching_.length ? id : "", near: new Set(touching_.flatMap(({ from, to }) => [from, to])) });
  drawn.network.redraw();
}

/** The arrow keys move the drawing, + and − zoom it. */
function moveByKeys(frame) {
  frame.onkeydown = (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const zoom = { "+": 1.25, "=": 1.25, "-": 0.8, "−": 0.8 }[event.key];
    if (event.target !== frame || event.ctrlKey || event.metaKey || event.altKey || !(way || zoom) || !drawn.network) return;
    event.preventDefault();
    if (zoom) zoomBy(zoom);
    else {
      const { x, y } = drawn.network.getViewPosition();
      const step = 60 / drawn.network.getScale();
      drawn.network.moveTo({ position: { x: x + way[0] * step, y: y + way[1] * step }, animation: false });
    }
  };
}

function drawHead(context, kind, tip, angle, width) {
  const long = LINE_HEAD + width;
  context.save();
  context.translate(tip.x, tip.y);
  context.rotate(angle);
  context.beginPath();
  if (kind === "bar") {
    context.rect(-3, -long / 1.6, 3, long * 1.25);
  } else {
    const waist = { diamond: [-long / 2, -long], arrow: [-long, -long], vee: [-long, -long * 0.6] }[kind];
    context.moveTo(0, 0);
    context.lineTo(waist[0], long * 0.4);
    context.lineTo(waist[1], 0);
    context.lineTo(waist[0], -long * 0.4);
  }
  context.fill();
  context.restore();
}

/** Lay the page's colour thinly over entities that no line touches. */
function veilNodes(context) {
  const dimmed = scenery.pointed ? Object.keys(data.everything.places).map((id) => `entity:${id}`).filter((id) => !scenery.near.has(id)) : [];
  const at = drawn.network.getPositions([...new Set([...scenery.bare, ...dimmed])]);
  context.save();
  context.globalAlpha = 1 - FADED;
  context.fillStyle = scenery.page;
  for (const { x, y } of Object.values(at)) context.fillRect(x - NODE_WIDTH / 2 - 2, y - VEIL / 2, NODE_WIDTH + 4, VEIL);
  context.restore();
}

/** The step whose line is nearest to a point, if one is near. */
function lineAt(point) {
  const at = drawn.network.getPositions();
  const reach = NEAR / drawn.network.getScale();
  let nearest = { step: "", distance: reach };
  for (const edge of scenery.lines) {
    const [start, end] = [at[edge.from], at[edge.to]];
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const share = Math.min(1, Math.max(0, ((point.x - start.x) * dx + (point.y - start.y) * dy) / (dx * dx + dy * dy || 1)));
    const distance = Math.hypot(start.x + share * dx - point.x, start.y + share * dy - point.y);
    if (distance < nearest.distance) nearest = { step: edge.step, distance };
  }
  return nearest.step;
}

/** Where a straight line from another box meets a box. */
function edgeOfBox(from, box) {
  const [dx, dy] = [from.x - box.x, from.y - box.y];
  const share = Math.min(NODE_WIDTH / 2 / Math.max(Math.abs(dx), 1e-9), NODE_HEIGHT / 2 / Math.max(Math.abs(dy), 1e-9), 1);
  return { x: box.x + dx * share, y: box.y + dy * share };
}
