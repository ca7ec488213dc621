// Turn what is drawn into a plain scene, from which pictures are made.

const CAPTION = { title: 17, text: 12, line: 18, letter: 0.56, least: 520 };

/** The scene of a view as it stands on paper: light colours whatever the screen has, faded what is filtered out. */
function sceneOf(view, panel) {
  const root = document.documentElement;
  root.classList.add("paper");
  try {
    const colour = colours();
    return captioned(drawingOf(view, panel ? `${panel.kind}:${panel.id}` : "", colour), view, colour);
  } finally {
    root.classList.remove("paper");
  }
}

function drawingOf(view, chosen, colour) {
  const scene = { width: 400, height: 60, title: `rlsgraph: ${view.name}`, boxes: [], lines: [], ground: colour("panel") };
  if (!view.drawing) return scene;
  const isAll = view.drawing === "everything";
  const [width, height] = isAll ? data.everything.size : view.drawing.size;
  const { nodes, edges } = isAll ? { nodes: everyNode(), edges: everyEdge } : partsOf(fitted(view, width, false));
  const seats = new Map(nodes.map((node) => [node.id, node]));
  const isFaded = (id) => view.faded.has(id);
  const dim = (parts, id) => parts.map((part) => (isFaded(id) ? { ...part, opacity: FADED } : part));
  Object.assign(scene, { width, height });
  scene.lines = edges.filter((edge) => !(isAll && isFaded(edge.step))).flatMap((edge) => dim(linesOf(edge, seats, isAll, colour), edge.step));
  scene.boxes = nodes.filter((node) => node.kind && node.kind !== "waypoint").flatMap((node) => dim([boxOf(node, chosen, isAll, colour)], node.id));
  return scene;
}

/** Put a title over the drawing, and below it what the marks mean and which graph it is of. */
function captioned(scene, view, colour) {
  const width = Math.max(scene.width, CAPTION.least);
  const room = width - 20;
  const title = capital(view.name);
  const size = Math.min(CAPTION.title, room / (title.length * CAPTION.letter));
  const marks = "▲ raises · ▼ lowers · ? direction open · heavier line: higher level of confidence · broken line: untested, doubtful, refuted or assumed · dotted line: by definition · ⚡ contested · ☍ data, none in people · number: score of the claim, or probability assumed";
  const texts = [...(changeLine() ? [changeLine()] : []), marks, `rlsgraph ${data.version} · research aid, not medical advice`];
  const lines = texts.flatMap((text) => wrapText(text, Math.floor(room / (CAPTION.text * CAPTION.letter))));
  const below = scene.height + CAPTION.line;
  return {
    ...scene,
    left: (width - scene.width) / 2, top: 40, right: (width - scene.width) / 2, bottom: CAPTION.line * (lines.length + 1),
    captions: [
      { x: scene.width / 2, y: -16, text: title, size, ink: colour("ink") },
      ...lines.map((text, index) => ({ x: scene.width / 2, y: below + index * CAPTION.line, text, size: CAPTION.text, ink: colour("soft") })),
    ],
  };
}

/** The picture of a view as an element, for the printed page. */
function pictureOf(view, panel) {
  const picture = new DOMParser().parseFromString(sceneSvg(sceneOf(view, panel)), "image/svg+xml").documentElement;
  return document.importNode(picture, true);
}

function boxOf(node, chosen, isAll, colour) {
  const inner = 2 * data.options.nodes.margin;
  const isText = node.kind === "head";
  const dress = isText ? { color: { background: "none", border: "none" }, borderWidth: 1 } : dressOf(node, chosen, colour);
  return {
    x: node.x, y: node.y, kind: node.kind,
    w: (node.widthConstraint?.maximum ?? 160) + inner, h: (node.heightConstraint?.minimum ?? 30) + inner,
    lines: node.label.split("\n"), size: isText ? HEAD_SIZE : undefined, ink: fontOf(node, colour, "").color,
    fill: isUnscored(node.id) ? colour("panel") : dress.color.background, stroke: dress.color.border, strokeWidth: dress.borderWidth,
  };
}

function linesOf(edge, seats, isAll, colour) {
  const ends = [seats.get(edge.from), seats.get(edge.to)];
  const [start, stop] = isAll ? [edgeOfBox(ends[1], ends[0]), edgeOfBox(ends[0], ends[1])] : ends;
  const middle = (start.x + stop.x) / 2;
  const isStraight = isAll || edge.smooth === false;
  const angle = isStraight ? Math.atan2(stop.y - start.y, stop.x - start.x) : stop.x < start.x ? Math.PI : 0;
  const line = {
    d: isStraight ? `M${start.x} ${start.y}L${stop.x} ${stop.y}` : `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${stop.y} ${stop.x} ${stop.y}`,
    width: edge.width, dashes: edge.dashes || null, colour: colour(toneOf(edge.step)),
    head: edge.arrows?.to?.enabled ? edge.arrows.to.type : "", end: { x: stop.x, y: stop.y, angle },
  };
  const { from } = edge.arrows || {};
  if (!from) return [line];
  return [line, { ...line, d: `M${start.x} ${start.y}`, head: from.type, end: { x: start.x, y: start.y, angle: angle + Math.PI } }];
}
