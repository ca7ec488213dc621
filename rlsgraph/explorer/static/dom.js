// Make elements. All text goes in as text nodes, so a label is never read as markup.

/** Make an element; `attributes` with an undefined or false value are left out, `on` holds listeners. */
function make(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Make an SVG element. */
function makeSvg(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === false) continue;
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== "" && child !== false));
  return element;
}

const byId = (id) => document.getElementById(id);

/** Characters that turn the direction of the text around them. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** So many letters of a text, and of a label within a sentence, are shown; the whole comes up where one points at it. */
const LONGEST_TEXT = 600;
const LONGEST_LABEL = 120;

/** A name out of the data, kept from turning itself or the text around it the other way, and from filling the page. */
function name(text, most = LONGEST_TEXT) {
  const shown = String(text).replace(TURNING, " ");
  return shown.length <= most ? make("bdi", {}, shown) : make("bdi", { title: shown }, `${shown.slice(0, most - 1)}…`);
}

const REPLACED = "#chain-head, #chain-foot, #table, #steps, #panel, #listed";

/** Return what puts the focus back where it was, once the part of the page around it has been made anew. */
function focusKeeper() {
  const focused = document.activeElement;
  const part = focused?.closest(REPLACED);
  if (!part) return () => {};
  const sameWords = () => [...part.querySelectorAll("a, button, input, select, summary")].filter((one) => one.textContent === focused.textContent);
  const place = sameWords().indexOf(focused);
  return () => {
    if (focused.isConnected) return;
    const again = (focused.id && byId(focused.id)) || sameWords()[place];
    if (again) again.focus({ preventScroll: true });
    else focusHead(part);
  };
}

/** Let reading go on at the heading of a part whose focused control is gone. */
function focusHead(part) {
  const heading = part.querySelector("h2, h3") || byId("chain-title");
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}

/** A link that leaves the page; anything but http(s) stays plain text. */
function outside(text, address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return name(text);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return name(text);
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text, make("span", { "aria-hidden": "true" }, " ↗"));
}

/** Whether the page's parts stand below each other, as the style sheet has it, so that one can be out of sight. */
const isStacked = () => matchMedia("(max-width: 1080px)").matches;

/** Show the first items of a long list, and a button that shows the rest. */
function shortened(items, most) {
  const list = make("ul", { class: "plain" }, items.slice(0, most));
  if (items.length <= most) return list;
  const more = make("button", { type: "button", class: "quiet" }, `Show all ${items.length}`);
  more.addEventListener("click", () => {
    const rest = items.slice(most);
    list.append(...rest);
    more.remove();
    const first = rest[0].querySelector("button");
    if (first) first.focus();
  });
  return make("div", {}, list, more);
}

/** Return the data that the page carries, deflated and in base64. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}
