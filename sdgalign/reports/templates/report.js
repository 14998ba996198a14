(() => {
  "use strict";
  const form = document.getElementById("filter");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const hide = (element, hidden) => { if (element.hidden !== hidden) element.hidden = hidden; };
  const items = all(".target, .gap, .opposed").map((element) => ({
    element,
    ...element.dataset,
    code: element.id.replace(/^\w+-/, ""),
    isGap: element.classList.contains("gap"),
    isTarget: element.classList.contains("target"),
    name: "",
    details: element.querySelector(".quote ~ details"),
    quotes: all(".quote", element).map((quote) => ({
      element: quote,
      heading: quote.dataset.h ?? "",
      text: plain(quote.querySelector("blockquote").textContent + " " +
        (quote.querySelector(".path")?.textContent ?? "")),
    })),
  }));
  const groups = all(".goal, .gap-group").map((element) => ({
    element,
    items: items.filter((item) => element.contains(item.element)),
  }));
  const message = form.querySelector("[role=status]");
  const unfolded = new Set();

  function nameItems() {
    for (const item of items) item.name = plain(item.element.querySelector("h3, h4, .name").textContent);
  }

  function apply(want) {
    const text = plain(want.text);
    const filtered = Object.values(want).some(Boolean);
    const count = { targets: 0, local: 0, quotes: 0, gaps: 0 };
    for (const item of items) {
      const fits = (!want.goal || item.goal === want.goal) && (!want.target || item.code === want.target) &&
        (!want.status || item.status === want.status) && (!want.relevance || item.relevance === want.relevance);
      const named = item.name.includes(text);
      let found = 0;
      let deep = false;
      for (const quote of item.quotes) {
        const hit = fits && (!want.heading || quote.heading === want.heading) && (named || quote.text.includes(text));
        if (fits) hide(quote.element, !hit && !item.isGap);
        found += hit ? 1 : 0;
        deep ||= hit && item.details?.contains(quote.element);
      }
      item.shown = !filtered || (fits && (found > 0 || (named && !want.heading)));
      hide(item.element, !item.shown);
      fold(item.details, deep && Boolean(want.heading || (text && !named)));
      if (!item.shown) continue;
      count.gaps += item.isGap ? 1 : 0;
      count.targets += item.isTarget ? 1 : 0;
      count.local += item.isTarget && item.counts ? 1 : 0;
      count.quotes += item.isGap ? 0 : found;
    }
    for (const group of groups) {
      hide(group.element, filtered && !group.items.some((item) => item.shown));
      group.element.classList.toggle("filtered", filtered);
    }
    form.classList.toggle("active", filtered);
    message.textContent = filtered && !count.targets && !count.gaps && !count.quotes ? form.dataset.nothing
      : form.dataset.count.replace(/{(\w+)}/g, (_, name) => count[name]);
  }

  function fold(details, open) {
    if (!details) return;
    if (open && !details.open) {
      details.open = true;
      unfolded.add(details);
    } else if (!open && unfolded.delete(details)) {
      details.open = false;
    }
  }

  function show(id) {
    const place = document.getElementById(id);
    if (!place) return;
    if (place.closest("[hidden]")) {
      form.reset();
      apply(Object.fromEntries(new FormData(form)));
    }
    const details = place.closest("details");
    if (details) details.open = true;
    place.scrollIntoView();
  }

  // One stop for Tab in the map; arrows go from box to box.
  const map = document.querySelector(".map");
  const boxes = all("a", map);
  boxes.forEach((box, at) => box.setAttribute("tabindex", at ? "-1" : "0"));
  map.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    const step = steps[event.key];
    const from = event.target.closest("a");
    if (!step || !from) return;
    event.preventDefault();
    const middle = (box) => { const r = box.getBBox(); return [r.x + r.width / 2, r.y + r.height / 2]; };
    const [x, y] = middle(from);
    const ahead = boxes.map((box) => ({ box, by: middle(box).map((value, i) => value - [x, y][i]) }))
      .filter(({ by }) => step[0] ? Math.abs(by[1]) < 5 && by[0] * step[0] > 5 : by[1] * step[1] > 5)
      .sort((a, b) => Math.abs(a.by[1]) - Math.abs(b.by[1]) || Math.abs(a.by[0]) - Math.abs(b.by[0]));
    if (!ahead.length) return;
    from.setAttribute("tabindex", "-1");
    ahead[0].box.setAttribute("tabindex", "0");
    ahead[0].box.focus();
  });

  unfoldForPrint();
  makeFilter(form, { apply, readWords: nameItems, show });
})();
