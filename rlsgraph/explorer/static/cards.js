// Show the hypotheses as cards, by rank.

const FIRST_CARDS = 5;

function showCards() {
  const cards = byId("cards");
  if (data.hypotheses.length === 0) {
    cards.after(make("p", { class: "empty" }, "This graph holds no hypothesis. Search an entity to read its claims."));
    return;
  }
  const apart = data.hypotheses.findIndex(({ place }) => !place);
  cards.append(...data.hypotheses.map((hypothesis, index) => make("li", {}, index === apart && make("p", { class: "small soft apart" }, "Apart, not ranked"), card(hypothesis))));
  offerAll(cards, byId("more"));
}

/** Where the panels stand below each other the style sheet keeps the list short; this button shows the rest. */
function offerAll(cards, more) {
  more.hidden = data.hypotheses.length <= FIRST_CARDS;
  more.textContent = `Show all ${data.hypotheses.length} hypotheses`;
  more.addEventListener("click", () => {
    cards.classList.remove("short");
    more.hidden = true;
    cards.children[FIRST_CARDS].querySelector("button").focus();
  });
}

function card(hypothesis) {
  const source = sources.get(hypothesis.source);
  return make(
    "button", { type: "button", class: "card", "data-id": hypothesis.id, on: { click: () => openHypothesis(hypothesis.id) } },
    make("span", { class: "card-name" }, hypothesis.place && make("span", { class: "soft" }, `${hypothesis.place}. `), name(hypothesis.label)),
    make("span", { class: "small" }, eitherOf(hypothesis.starts), " → ", name(labelOf(hypothesis.end))),
    ...(hasStanding(hypothesis) ? cardStanding(hypothesis) : [make("span", { class: "small soft" }, "no unbroken chain of claims leads to the end")]),
    source && make("span", { class: "small soft" }, `${hypothesis.status} in `, name(source.citation)),
  );
}

/** What ties a hypothesis to its end, its weakest step, and what is seen in people; its joint probability last, in words. */
function cardStanding(hypothesis) {
  const line = (...nodes) => make("span", { class: "small soft" }, nodes);
  const anchor = claims.get(hypothesis.anchor);
  const [seen, steps] = hypothesis.in_people;
  const opposed = hypothesis.opposed ? ` · ${hypothesis.opposed.length} opposed` : "";
  return [
    anchor ? line("anchor: ", sentence(anchor), " ", make("b", {}, standing(anchor))) : line("anchor: none in people"),
    line("weakest step: ", sentence(claims.get(hypothesis.weakest)), " ", make("b", {}, standing(claims.get(hypothesis.read || hypothesis.weakest)))),
    line(`in people: ${seen} of ${countOf(steps, "step", "steps")}${opposed}${hypothesis.newest ? ` · newest ${hypothesis.newest}` : ""}`),
    line(`joint probability ${joint(hypothesis.joint)}`),
  ];
}

/** Choose a hypothesis; where it stands below the cards, go to it. */
function openHypothesis(id) {
  location.hash = hypothesisAddress(id);
  if (isStacked()) byId("chain").scrollIntoView({ block: "start" });
}

function markCard(hypothesis, view) {
  for (const button of byId("cards").querySelectorAll("button")) {
    const isChosen = view === "hypothesis" && Boolean(hypothesis) && button.dataset.id === hypothesis.id;
    if (isChosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}
