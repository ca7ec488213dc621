// Turn what is drawn into a plain scene, from which pictures are made.

function sceneOf(view) {
  const colour = colours();
  const scene = { width: 400, height: 60, title: `rlsgraph: ${view.name}`, boxes: [], lines: [], ground: colour("panel") };
  if (!view.drawing) return scene;
  const isAll = view.drawing === "everything";
  const fit = isAll ? null : fitted(view, view.drawing.size[0], false);
  const [width, height] = isAll ? data.everything.size : view.drawing.size;
  const { nodes, edges } = isAll ? { nodes: everyNode(), edges: everyEdge } : partsOf(fit);
  const seats = new Map(nodes.map((node) => [node.id, node]));
  Object.assign(scene, { width, height });
  scene.lines = edges.filter((edge) => !(isAll && view.faded.has(edge.step))).flatMap((edge) => linesOf(edge, seats, isAll, colour));
  scene.boxes = nodes.filter((node) => node.kind && node.kind !== "waypoint").map((node) => boxOf(node, isAll, colour));
  return scene;
}

function boxOf(node, isAll, colour) {
  const inner = 2 * data.options.nodes.margin;
  const isText = node.kind === "head";
  const { color } = isText ? { color: { background: "none", border: "none" } } : dressOf(node, "", colour);
  return {
    x: node.x, y: node.y, kind: node.kind,
    w: (node.widthConstraint?.maximum ?? 160) + inner, h: (node.heightConstraint?.minimum ?? 30) + inner,
    lines: node.label.split("\n"), size: isText ? HEAD_SIZE : isAll ? 11 : undefined, fill: color.background, stroke: color.border, ink: fontOf(node, colour, "").color,
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
