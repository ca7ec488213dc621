// Draw the chosen chain with vis-network, at the places that the data give. Nothing moves and nothing is simulated.

const NARROW = 560;
const LEAST_SCALE = 0.85;
const MOST_STRETCH = 1.45;

/** What is on the canvas now. */
const drawn = { network: null, nodes: null, edges: null, width: 0 };

function showDrawing(hypothesis, panel) {
  const frame = byId("drawing");
  if (drawn.network) drawn.network.destroy();
  drawn.network = null;
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
  drawn.nodes = new vis.DataSet([...boxes(fit), ...ports(fit)]);
  drawn.edges = new vis.DataSet(lines(fit));
  paint(panel);
  drawn.network = new vis.Network(stage, { nodes: drawn.nodes, edges: drawn.edges }, optionsFor(fit));
  drawn.network.moveTo({
    position: { x: (fit.drawing.width * fit.stretch) / 2, y: fit.drawing.height / 2 }, scale: fit.scale, animation: false,
  });
  nameCanvas(stage, hypothesis);
  listen(stage);
}

/** Choose the drawing for the room: stretched where there is more, a little smaller or scrolled where there is less. */
function fitted(hypothesis, room) {
  const isDown = room < NARROW;
  const drawing = hypothesis.drawing[isDown ? "down" : "across"];
  const spare = room / drawing.width;
  const stretch = isDown ? 1 : Math.min(Math.max(spare, 1), MOST_STRETCH);
  const scale = Math.min(1, Math.max(spare, LEAST_SCALE));
  return {
    drawing, isDown, stretch, scale,
    width: Math.max(room, Math.ceil(drawing.width * stretch * scale)),
    height: Math.ceil(drawing.height * scale),
  };
}

function optionsFor(fit) {
  const smooth = { enabled: true, type: "cubicBezier", forceDirection: fit.isDown ? "vertical" : "horizontal", roundness: 0.5 };
  return {
    ...data.options,
    width: `${fit.width}px`,
    height: `${fit.height}px`,
    edges: { ...data.options.edges, smooth },
  };
}

function boxes(fit) {
  return fit.drawing.nodes
    .filter((node) => node.kind !== "waypoint")
    .map((node) => ({
      ...node,
      x: node.x * fit.stretch,
      widthConstraint: { minimum: node.w - 8, maximum: node.w - 8 },
      heightConstraint: { minimum: node.h - 8, valign: "middle" },
    }));
}

/** Lines leave and enter a box at the middle of its sides: invisible nodes stand there. */
function ports(fit) {
  const unseen = { shape: "dot", size: 0, borderWidth: 0, chosen: false, color: "transparent", physics: false };
  return fit.drawing.nodes.flatMap((node) => {
    const x = node.x * fit.stretch;
    const [dx, dy] = fit.isDown ? [0, node.h / 2] : [node.w / 2, 0];
    return [
      { ...unseen, id: `${node.id}<`, x: x - dx, y: node.y - dy },
      { ...unseen, id: `${node.id}>`, x: x + dx, y: node.y + dy },
    ];
  });
}

/** Return the edges, from port to port; a line that runs through a waypoint stays straight there. */
function lines(fit) {
  const places = new Map(fit.drawing.nodes.map((node) => [node.id, node]));
  const axis = fit.isDown ? "y" : "x";
  return fit.drawing.edges.flatMap((edge, index) => {
    const end = places.get(edge.to);
    const [out, into] = places.get(edge.from)[axis] < end[axis] ? [">", "<"] : ["<", ">"];
    const line = { ...edge, id: `${edge.step}#${index}`, from: edge.from + out, to: edge.to + into };
    if (end.kind !== "waypoint") return [line];
    return [line, { ...line, id: `${line.id}~`, from: edge.to + into, to: edge.to + out, smooth: false }];
  });
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
    const ground = isBadge ? colour("panel") : (group && colour(`group-${group}`)) || colour("group");
    const border = isChosen ? colour("focus") : isLink ? "transparent" : isBadge ? colour(toneOf(node.id)) : colour("box-line");
    return {
      id: node.id,
      color: { background: isChosen && isBadge ? colour("chosen") : ground, border },
      borderWidth: isChosen ? 2 : 1,
      font: { face, size: isLink ? 11 : isBadge ? 12 : 13, color: colour(isLink ? "soft" : "ink") },
    };
  }));
  drawn.edges.update(drawn.edges.get().map((edge) => ({ id: edge.id, color: { color: colour(toneOf(edge.step)), inherit: false } })));
}

/** A frame that scrolls can be reached, and so scrolled, by keyboard. */
function describeFrame(frame, scrolls) {
  if (scrolls) {
    frame.setAttribute("tabindex", "0");
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", "Drawing, scrolls sideways");
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
    if (node !== undefined) return String(node).replace(/(~\d+)?[<>]$/, "");
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
