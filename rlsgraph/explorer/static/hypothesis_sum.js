// Say where the joint probability of a hypothesis comes from: step by step, what each multiplies it by.

function hypothesisSum(hypothesis) {
  let product = 1;
  const rows = hypothesis.route.map(([stepId]) => {
    const { kind, value } = splitStep(stepId);
    const factor = kind === "link" ? 1 : value.score;
    product *= factor;
    const by = kind === "claim" ? [`${value.level}, `, explained(`${two(value.low)} to ${two(value.high)}`, "interval")] : kind === "link" ? "by definition" : "assumed";
    return make("tr", {}, make("th", { scope: "row" }, stepWords(stepId)), make("td", {}, by), make("td", { class: "figure" }, explained(`× ${two(factor)}`, kind === "assumed" ? "assumed" : "score")), make("td", { class: "figure" }, explained(joint(product), "joint probability")));
  });
  return make(
    "details", { class: "accounts" },
    make("summary", {}, `Where ${joint(hypothesis.joint)} comes from`),
    make("table", { class: "small" }, make("thead", {}, make("tr", {}, ["Step", "Score", "Multiplies by", "So far"].map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, rows)),
    make("p", { class: "small soft" }, `${percent(data.profile.mass)} interval `, explained(`${joint(hypothesis.low)} to ${joint(hypothesis.high)}`, "interval"), `, from that of every step, the steps taken as independent.`),
    hypothesis.reads && Object.keys(hypothesis.reads).length > 0 && make("p", { class: "small soft" }, "For its place, a step without an item of its own is read by an association: ", Object.entries(hypothesis.reads).map(([id, read], index) => [index ? "; " : "", claimLink(id), " by ", claimLink(read), " (", standingLink(read), ")"]), "."),
  );
}

/** A step as a way to it. */
function stepWords(stepId) {
  const { kind, id, value } = splitStep(stepId);
  return make("a", { class: "name", href: addressWith({ ...NO_PANEL, [kind]: id }) }, sentence(value));
}
