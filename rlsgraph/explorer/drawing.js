// Draw the chosen chain with vis-network, at the places that the data give. Nothing moves and nothing is simulated.

const NARROW = 560;
const LEAST_SCALE = 0.85;
const MOST_STRETCH = 1.45;
const canvas = { network: null, nodes: null, edges: null, drawing: null };

function showDrawing(hypothesis) {
  const frame = byId("drawing");
  if (canvas.network) canvas.network.destroy();
  canvas.network = null;
  frame.replaceChildren();
  const isNarrow = frame.clientWidth < NARROW;
  const drawing = hypothesis.drawing[isNarrow ? "down" : "across"];
  if (drawing.nodes.length === 0) {
    frame.append(make("p", { class: "empty" }, "No chain of claims to draw."));
    return;
  }
  const fit = fitted(drawing, frame.clientWidth, isNarrow);
  const stage = make("div", { class: "stage" });
  stage.style.width = `${fit.width}px`;
  stage.style.height = `${fit.height}px`;
  frame.append(stage);
  frame.classList.toggle("scrolls", fit.width > frame.clientWidth);
  describeFrame(frame, hypothesis, fit.width > frame.clientWidth);
  canvas.drawing = drawing;
  canvas.nodes = new vis.DataSet([...drawing.nodes.filter((node) => node.kind !== "waypoint"), ...ports(drawing, fit)].map((node) => ({ ...node, x: "port" in node ? node.x : node.x * fit.stretch })));
  canvas.edges = new vis.DataSet(lines(drawing));
  canvas.network = new vis.Network(stage, { nodes: canvas.nodes, edges: canvas.edges }, { ...data.options, width: `${fit.width}px`, height: `${fit.height}px`, edges: { ...data.options.edges, smooth: { enabled: true, type: "cubicBezier", forceDirection: isNarrow ? "vertical" : "horizontal", roundness: 0.5 } } });
  canvas.network.moveTo({ position: { x: (drawing.width * fit.stretch) / 2, y: drawing.height / 2 }, scale: fit.scale, animation: false });
  labelCanvas(stage, hypothesis);
  listen(stage);
}

/** Return how a drawing fills the width: stretched where there is room, a little smaller or scrolled where there is not. */
function fitted(drawing, room, isNarrow) {
  const stretch = isNarrow ? 1 : Math.min(Math.max(room / drawing.width, 1), MOST_STRETCH);
  const scale = Math.min(1, Math.max(room / drawing.width, LEAST_SCALE));
  return { stretch, scale, isNarrow, width: Math.max(room, Math.ceil(drawing.width * scale * stretch)), height: Math.ceil(drawing.height * scale) };
}

/** Lines leave and enter a box at the middle of its sides: invisible nodes stand there. */
function ports(drawing, fit) {
  const all = [];
  for (const node of drawing.nodes) {
    const centre = { x: node.x * fit.stretch, y: node.y };
    const reach = fit.isNarrow ? { x: 0, y: node.h / 2 } : { x: node.w / 2, y: 0 };
    const seen = { shape: "dot", size: 0, borderWidth: 0, label: undefined, chosen: false, color: "transparent", physics: false, port: node.id };
    all.push({ ...seen, id: `${node.id}<`, x: centre.x - reach.x, y: centre.y - reach.y });
    all.push({ ...seen, id: `${node.id}>`, x: centre.x + reach.x, y: centre.y + reach.y });
  }
  return all;
}

/** Return the edges, from port to port; a line that runs through a waypoint stays level there. */
function lines(drawing) {
  const places = new Map(drawing.nodes.map((node) => [node.id, node]));
  const along = Math.abs(drawing.nodes[0].y - drawing.nodes[drawing.nodes.length - 1].y);
  const isDown = canvas.drawing.height > canvas.drawing.width && along > 0;
  return drawing.edges.flatMap((edge, index) => {
    const [start, end] = [places.get(edge.from), places.get(edge.to)];
    const isForward = isDown ? start.y < end.y : start.x < end.x;
    const [out, into] = isForward ? [">", "<"] : ["<", ">"];
    const line = { ...edge, id: `${edge.step}#${index}`, from: edge.from + out, to: edge.to + into };
    if (end.kind !== "waypoint") return [line];
    return [line, { ...line, id: `${line.id}~`, from: edge.to + into, to: edge.to + out, smooth: false }];
  });
}
