// The other language: which words stand elsewhere, element by element (see html_switch.py). The
// places must be read before any element moves. Calls `after` when all words are changed.
function makeSwitch(after) {
  "use strict";
  const first = document.documentElement.lang;
  const button = document.getElementById("other");
  let places = null;

  const spoken = (element) =>
    [...element.childNodes].filter((node) => node.nodeType === 3 && /[^ \n\t]/.test(node.data));

  function read() {
    const { texts, places: flat } = JSON.parse(document.getElementById("switch").textContent);
    const elements = [...document.querySelectorAll("#report *")];
    const found = [];
    for (let at = 0, element = -1; at < flat.length; at += 3) {
      element += flat[at];
      const place = flat[at + 1];
      const attribute = typeof place === "string" ? place : "";
      const node = attribute ? elements[element] : spoken(elements[element])[place];
      found.push({ node, attribute, other: texts[flat[at + 2]] });
    }
    return found;
  }

  function change() {
    places ??= read();
    for (const place of places) {
      const own = place.attribute ? place.node.getAttribute(place.attribute) : place.node.data;
      if (place.attribute) place.node.setAttribute(place.attribute, place.other);
      else place.node.data = place.other;
      place.other = own;
    }
    const page = document.querySelector(".page");
    document.documentElement.lang = page.lang;
    document.title = page.dataset.title;
    after();
  }

  button.addEventListener("click", change);
  button.hidden = false;
  return {
    // What the address has to say of the language: nothing for the first one.
    get language() { return document.documentElement.lang === first ? "" : document.documentElement.lang; },
    read() { places ??= read(); },
    show(language) { if ((language || first) !== document.documentElement.lang) change(); },
  };
}

// On paper all that is folded stands open.
function unfoldForPrint() {
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
}
