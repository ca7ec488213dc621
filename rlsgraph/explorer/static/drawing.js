// Draw the chosen chain with vis-network, at the places that the data give. Nothing moves and nothing is simulated.

const NARROW = 560;
const LEAST_SCALE = 0.8;
const PORT_GAP = 14;
const PORT_MARGIN = 8;
const MOST_STRETCH = 1.45;

const FADED = 0.22;
const HEAD_SIZE = 38;

/** What is on the canvas now. */
const drawn = { network: null, nodes: null, edges: null, stage: null, fit: null, width: 0, looks: new Map() };

function showDrawing(view, panel) {
  const frame = byId("drawing");
  if (drawn.network) drawn.network.destroy();
  Object.assign(drawn, { network: null, nodes: null, edges: null, stage: null, fit: null, width: frame.clientWidth, looks: new Map() });
  frame.replaceChildren();
  byId("zoom").hidden = true;
  describeFrame(frame, false);
  if (!view.drawing || view.drawing.nodes?.length === 0) {
    if (view.key.startsWith("hypothesis")) frame.append(make("p", { class: "empty" }, "No chain of claims to draw."));
    return;
  }
  byId("zoom").hidden = false;
  const isAll = view.drawing === "everything";
  const fit = isAll ? fittedEverything(frame.clientWidth) : fitted(view, frame.clientWidth);
  describeFrame(frame, fit.width > frame.clientWidth, isAll);
  const stage = make("div", { class: isAll ? "stage everything" : "stage" });
  stage.style.width = `${fit.width}px`;
  stage.style.height = `${fit.height}px`;
  frame.append(stage);
  Object.assign(drawn, { stage, fit });
  const { nodes, edges } = isAll ? { nodes: everyNode(), edges: [] } : partsOf(fit);
  drawn.nodes = new vis.DataSet(nodes);
  drawn.edges = new vis.DataSet(edges);
  paint(panel, view.faded);
  drawn.network = new vis.Network(stage, { nodes: drawn.nodes, edges: drawn.edges }, optionsFor(fit, isAll));
  drawn.network.moveTo({ position: fit.centre, scale: fit.scale, animation: false });
  if (isAll) {
    drawn.network.on("beforeDrawing", drawEveryLine);
    drawn.network.on("afterDrawing", veilNodes);
  }
  nameCanvas(stage, view);
  listen(stage);
  const middle = fit.seats?.get(`entity:${view.centre}`);
  if (middle) frame.scrollLeft = middle.x * fit.scale - frame.clientWidth / 2;
}

function partsOf(fit) {
  const { edges, ports } = lines(fit);
  return { nodes: [...boxes(fit), ...ports], edges };
}

/** Choose the drawing for the room: stretched where there is more, a little smaller or scrolled where there is less. */
function fitted({ drawing }, room, isDown = room < NARROW) {
  const [width, height] = isDown ? drawing.down : drawing.size;
  const spare = room / width;
  const stretch = isDown ? 1 : Math.min(Math.max(spare, 1), MOST_STRETCH);
  const scale = Math.min(1, Math.max(spare, LEAST_SCALE));
  const seats = new Map(drawing.nodes.map((node) => {
    const [x, y, w, h] = isDown ? node.down : [node.x, node.y, node.w, node.h];
    return [node.id, { x: x * stretch, y, w, h, kind: node.kind }];
  }));
  return {
    drawing, isDown, seats, scale,
    centre: { x: (width * stretch) / 2, y: height / 2 },
    width: Math.max(room, Math.floor(width * stretch * scale)),
    height: Math.ceil(height * scale),
  };
}

function optionsFor(fit, isAll) {
  const isFine = matchMedia("(pointer: fine)").matches;
  const interaction = { ...data.options.interaction, dragNodes: isAll && isFine, dragView: isAll, zoomView: isAll };
  const size = { ...data.options, width: `${fit.width}px`, height: `${fit.height}px`, interaction };
  if (isAll) return size;
  const smooth = { enabled: true, type: "cubicBezier", forceDirection: fit.isDown ? "vertical" : "horizontal", roundness: 0.5 };
  return { ...size, edges: { ...data.options.edges, smooth } };
}

function boxes(fit) {
  return fit.drawing.nodes.filter((node) => node.kind !== "waypoint").map((node) => {
    const { x, y, w, h } = fit.seats.get(node.id);
    const inner = 2 * data.options.nodes.margin;
    const [width, height] = [w - inner, h - inner];
    return { ...node, x, y, widthConstraint: { minimum: width, maximum: width }, heightConstraint: { minimum: height, valign: "middle" } };
  });
}

/** Return the lines, and the invisible nodes that they run between: each end has a place of its own on its box's side. */
function lines(fit) {
  const [along, across] = fit.isDown ? ["y", "x"] : ["x", "y"];
  const [length, breadth] = fit.isDown ? ["h", "w"] : ["w", "h"];
  const edges = [];
  const ends = [];
  for (const [index, edge] of fit.drawing.edges.entries()) {
    const [start, end] = [fit.seats.get(edge.from), fit.seats.get(edge.to)];
    const way = start[along] < end[along] ? 1 : -1;
    const id = `${edge.step}#${index}`;
    edges.push({ ...data.looks[edge.look], arrows: headsOf(edge), id, step: edge.step, from: `${id}<`, to: `${id}>` });
    ends.push({ id: `${id}<`, step: edge.step, box: edge.from, side: way, other: end[across] });
    ends.push({ id: `${id}>`, step: edge.step, box: edge.to, side: -way, other: start[across] });
    if (end.kind === "waypoint") {
      const through = { id: `${id}~`, step: edge.step, from: `${id}>`, to: `${edge.step}#${index + 1}<` };
      edges.push({ ...data.looks[edge.look], arrows: "", smooth: false, ...through });
    }
  }
  const unseen = { shape: "dot", size: 0, borderWidth: 0, color: "transparent" };
  const ports = ends.map((end) => {
    const seat = fit.seats.get(end.box);
    const beside = ends.filter((one) => one.box === end.box && one.side === end.side).sort((one, two) => one.other - two.other);
    const room = Math.min(PORT_GAP, (seat[breadth] - 2 * PORT_MARGIN) / Math.max(beside.length - 1, 1));
    const shift = seat.kind === "waypoint" ? 0 : (beside.indexOf(end) - (beside.length - 1) / 2) * room;
    return { ...unseen, id: end.id, step: end.step, [along]: seat[along] + (end.side * seat[length]) / 2, [across]: seat[across] + shift };
  });
  return { edges, ports };
}

/** The heads of one piece of a line: at its end where the step ends there, at its start where an association begins there. */
function headsOf(edge) {
  const { to, from } = data.looks[edge.look].arrows;
  if (edge.arrows) return { to };
  return from && edge.from.startsWith("entity:") ? { from } : "";
}

/** Colour everything as the page's style sheet says, mark what the panel shows, and fade what is left out. */
function paint(panel, faded) {
  if (!drawn.nodes) return;
  const colour = colours();
  const face = colour("face");
  const chosen = panel ? `${panel.kind}:${panel.id}` : "";
  const isAll = isEverything();
  const changed = (item, look) => {
    const key = JSON.stringify(look);
    if (drawn.looks.get(item.id) === key) return [];
    drawn.looks.set(item.id, key);
    return [{ id: item.id, ...look }];
  };
  drawn.edges.update(drawn.edges.get().flatMap((edge) => {
    const opacity = faded.has(edge.step) ? FADED : 1;
    return changed(edge, { color: { color: colour(toneOf(edge.step)), opacity, inherit: false } });
  }));
  drawn.nodes.update(drawn.nodes.get().filter((node) => node.kind).flatMap((node) => {
    const opacity = node.kind === "badge" && faded.has(node.id) ? FADED : 1;
    return changed(node, { opacity, ...dressOf(node, chosen, colour), font: fontOf(node, colour, face) });
  }));
  if (isAll) sortEveryLine(faded, panel, colour);
}

/** Return the style sheet's colours by role, each looked up once. */
function colours() {
  const css = getComputedStyle(document.documentElement);
  const known = new Map();
  return (role) => {
    if (!known.has(role)) known.set(role, css.getPropertyValue(`--${role}`).trim());
    return known.get(role);
  };
}

const toneOf = (stepId) => (isUnscored(stepId) ? "soft" : TONES[splitStep(stepId).value.polarity]);

function dressOf(node, chosen, colour) {
  const isBadge = node.kind === "badge";
  const isLink = isUnscored(node.id);
  const isChosen = node.id === chosen;
  const isCentre = Boolean(shown.current.centre) && node.id === `entity:${shown.current.centre}`;
  const group = isBadge ? "" : entities.get(node.id.slice("entity:".length))?.group;
  const ground = isLink ? colour("page") : isBadge ? colour("panel") : (group && colour(`group-${fillOf(group)}`)) || colour("group");
  const border = isChosen ? colour("focus") : isLink ? "transparent" : isBadge ? colour(toneOf(node.id)) : colour(isCentre ? "ink" : "box-line");
  return { color: { background: isChosen && isBadge ? colour("chosen") : ground, border }, borderWidth: isCentre ? 3 : isChosen ? 2 : 1 };
}

const fontOf = (node, colour, face) => (
  node.kind === "head" ? { face, size: HEAD_SIZE, color: colour("ink") } : { face, size: isUnscored(node.id) ? 12 : 13, color: colour(isUnscored(node.id) ? "soft" : "ink") }
);

/** A frame that scrolls can be reached, and so scrolled, by keyboard. */
function describeFrame(frame, scrolls, isAll = false) {
  byId("wide").hidden = !scrolls;
  frame.onkeydown = null;
  if (scrolls || isAll) {
    frame.setAttribute("tabindex", "0");
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", isAll ? "Drawing of everything: the arrow keys move it, plus and minus zoom" : "Drawing, wider than its frame");
    if (isAll) moveByKeys(frame);
  } else {
    for (const attribute of ["tabindex", "role", "aria-label"]) frame.removeAttribute(attribute);
  }
}

/** The canvas is one picture with a name; the list below it says the same step by step. */
function nameCanvas(stage, view) {
  const picture = stage.querySelector("canvas");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `Drawing of ${view.name}; the ${view.listed.length ? "list below says the same step by step" : "table says the same"}`);
  for (const element of stage.querySelectorAll("[tabindex]")) element.removeAttribute("tabindex");
}

function listen(stage) {
  const stepUnder = (pointer) => {
    const node = drawn.network.getNodeAt(pointer);
    if (node !== undefined) return String(node).startsWith("head:") ? "" : drawn.nodes.get(node).step || String(node);
    if (isEverything()) return lineAt(drawn.network.DOMtoCanvas(pointer));
    const edge = drawn.network.getEdgeAt(pointer);
    return edge === undefined ? "" : drawn.edges.get(edge).step;
  };
  drawn.network.on("click", (event) => {
    const stepId = stepUnder(event.pointer.DOM);
    if (!stepId) return;
    const { kind, id } = splitStep(stepId);
    choose(kind, id);
  });
  stage.addEventListener("pointermove", (event) => {
    const box = stage.getBoundingClientRect();
    const stepId = stepUnder({ x: event.clientX - box.left, y: event.clientY - box.top });
    stage.style.cursor = stepId ? "pointer" : "";
    stage.title = stepId ? hint(stepId) : "";
    if (isEverything()) pointAt(stepId.startsWith("entity:") ? stepId : "");
  });
  stage.addEventListener("pointerleave", () => { if (isEverything()) pointAt(""); });
  if (!isEverything()) dragToScroll(stage, byId("drawing"));
}

/** Let the mouse draw a chain through its frame, as a finger does. */
function dragToScroll(stage, frame) {
  let at = null;
  stage.addEventListener("pointerdown", (event) => { at = event.pointerType === "mouse" && event.button === 0 ? event.clientX : null; });
  stage.addEventListener("pointermove", (event) => {
    if (at === null || event.buttons === 0) return;
    frame.scrollLeft -= event.clientX - at;
    at = event.clientX;
  });
}

/** What the pointer is told of a node or line. */
function hint(stepId) {
  const { kind, id, value } = splitStep(stepId);
  if (kind === "entity") return labelOf(id);
  if (kind === "assumed") return `${plainSentence(value)}, ${two(value.score)}`;
  return `${plainSentence(value)} (${kind === "link" ? "by definition" : standing(value)})`;
}

function startZoom() {
  const moves = {
    in: () => zoomBy(1.25),
    out: () => zoomBy(0.8),
    fit: () => (isEverything() ? drawn.network?.fit({ animation: false }) : zoomTo(byId("drawing").clientWidth / (2 * drawn.fit.centre.x))),
    reset: () => {
      shown.drawing = undefined;
      show();
    },
  };
  byId("zoom").addEventListener("click", (event) => moves[event.target.dataset.zoom]?.());
}

function zoomBy(factor) {
  if (drawn.network) zoomTo(drawn.network.getScale() * factor);
}

const isEverything = () => shown.current.drawing === "everything";

/** Show the drawing at a scale: everything within its frame, a chain on a stage that grows, so that its frame scrolls. */
function zoomTo(wanted) {
  const scale = Math.min(3, Math.max(0.1, wanted));
  if (isEverything()) {
    drawn.network.moveTo({ scale, animation: false });
    return;
  }
  const frame = byId("drawing");
  const middle = (frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth;
  const { centre } = drawn.fit;
  const [width, height] = [Math.max(frame.clientWidth, Math.ceil(2 * centre.x * scale)), Math.ceil(2 * centre.y * scale)];
  Object.assign(drawn.stage.style, { width: `${width}px`, height: `${height}px` });
  drawn.network.setSize(`${width}px`, `${height}px`);
  drawn.network.moveTo({ position: centre, scale, animation: false });
  drawn.network.redraw();
  describeFrame(frame, width > frame.clientWidth);
  frame.scrollLeft = middle * width - frame.clientWidth / 2;
}
