// Draw the chosen chain with vis-network, at the places that the data give. Nothing moves and nothing is simulated.

const NARROW = 560;
const LEAST_SCALE = 0.8;
const PORT_GAP = 14;
const PORT_MARGIN = 8;
const MOST_STRETCH = 1.45;

/** What is on the canvas now. */
const drawn = { network: null, nodes: null, edges: null, width: 0 };

function showDrawing(hypothesis, panel) {
  const frame = byId("drawing");
  if (drawn.network) drawn.network.destroy();
  drawn.network = drawn.nodes = drawn.edges = null;
  drawn.width = frame.clientWidth;
  frame.replaceChildren();
  const fit = fitted(hypothesis, frame.clientWidth);
  describeFrame(frame, fit.width > frame.clientWidth);
  if (fit.drawing.nodes.length === 0) {
    frame.append(make("p", { class: "empty" }, "No chain of claims to draw."));
    return;
  }
  const stage = make("div", { class: "stage" });
  stage.style.width = `${fit.width}px`;
  stage.style.height = `${fit.height}px`;
  frame.append(stage);
  const { edges, ports } = lines(fit);
  drawn.nodes = new vis.DataSet([...boxes(fit), ...ports]);
  drawn.edges = new vis.DataSet(edges);
  paint(panel);
  drawn.network = new vis.Network(stage, { nodes: drawn.nodes, edges: drawn.edges }, optionsFor(fit));
  drawn.network.moveTo({ position: fit.centre, scale: fit.scale, animation: false });
  nameCanvas(stage, hypothesis);
  listen(stage);
}

/** Choose the drawing for the room: stretched where there is more, a little smaller or scrolled where there is less. */
function fitted({ drawing }, room) {
  const isDown = room < NARROW;
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

function optionsFor(fit) {
  const smooth = { enabled: true, type: "cubicBezier", forceDirection: fit.isDown ? "vertical" : "horizontal", roundness: 0.5 };
  return { ...data.options, width: `${fit.width}px`, height: `${fit.height}px`, edges: { ...data.options.edges, smooth } };
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
    edges.push({ ...data.looks[edge.look], ...(edge.arrows ? {} : { arrows: "" }), id, step: edge.step, from: `${id}<`, to: `${id}>` });
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

/** Colour everything as the page's style sheet says, and mark what the panel shows. */
function paint(panel) {
  if (!drawn.nodes) return;
  const css = getComputedStyle(document.documentElement);
  const colour = (role) => css.getPropertyValue(`--${role}`).trim();
  const chosen = panel ? `${panel.kind}:${panel.id}` : "";
  const face = css.getPropertyValue("--face").trim();
  const toneOf = (stepId) => (stepId.startsWith("link:") ? "soft" : TONES[splitStep(stepId).value.polarity]);
  drawn.nodes.update(drawn.nodes.get().filter((node) => node.kind).map((node) => {
    const isBadge = node.kind === "badge";
    const isLink = node.id.startsWith("link:");
    const isChosen = node.id === chosen;
    const group = isBadge ? "" : entities.get(node.id.slice("entity:".length))?.group;
    const ground = isLink ? colour("page") : isBadge ? colour("panel") : (group && colour(`group-${group}`)) || colour("group");
    const border = isChosen ? colour("focus") : isLink ? "transparent" : isBadge ? colour(toneOf(node.id)) : colour("box-line");
    return {
      id: node.id,
      color: { background: isChosen && isBadge ? colour("chosen") : ground, border },
      borderWidth: isChosen ? 2 : 1,
      font: { face, size: isLink ? 12 : 13, color: colour(isLink ? "soft" : "ink") },
    };
  }));
  drawn.edges.update(drawn.edges.get().map((edge) => ({ id: edge.id, color: { color: colour(toneOf(edge.step)), inherit: false } })));
}

/** A frame that scrolls can be reached, and so scrolled, by keyboard. */
function describeFrame(frame, scrolls) {
  byId("wide").hidden = !scrolls;
  if (scrolls) {
    frame.setAttribute("tabindex", "0");
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", "Drawing, wider than its frame");
  } else {
    for (const attribute of ["tabindex", "role", "aria-label"]) frame.removeAttribute(attribute);
  }
}

/** The canvas is one picture with a name; the list below it says the same step by step. */
function nameCanvas(stage, hypothesis) {
  const picture = stage.querySelector("canvas");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `Drawing of the hypothesis ${hypothesis.label}; the list below says the same step by step`);
  for (const element of stage.querySelectorAll("[tabindex]")) element.removeAttribute("tabindex");
}

function listen(stage) {
  const stepUnder = (pointer) => {
    const node = drawn.network.getNodeAt(pointer);
    if (node !== undefined) return drawn.nodes.get(node).step || String(node);
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
    stage.style.cursor = stepUnder({ x: event.clientX - box.left, y: event.clientY - box.top }) ? "pointer" : "";
  });
}
