(() => {
  "use strict";
  const form = document.getElementById("filter");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const goals = [...document.querySelectorAll(".goal")].map((element) => ({
    element,
    targets: [...element.querySelectorAll(".target")].map((target) => ({
      element: target,
      status: target.dataset.status,
      name: plain(target.querySelector("h4").textContent),
      details: target.querySelector("details"),
      quotes: [...target.querySelectorAll(".quote")].map((quote) => ({
        element: quote,
        text: plain(quote.querySelector("blockquote").textContent + " " +
          (quote.querySelector(".path")?.textContent ?? "")),
      })),
    })),
  }));
  const message = form.querySelector("[role=status]");
  const unfolded = new Set();

  function apply() {
    const wanted = new FormData(form);
    const text = plain(wanted.get("text").trim());
    const filtered = Boolean(wanted.get("goal") || wanted.get("status") || text);
    let targets = 0;
    let quotes = 0;
    for (const goal of goals) {
      const right = !wanted.get("goal") || goal.element.dataset.goal === wanted.get("goal");
      let shown = 0;
      for (const target of goal.targets) {
        const named = target.name.includes(text);
        let found = 0;
        let deep = false;
        const fits = right && (!wanted.get("status") || target.status === wanted.get("status"));
        if (fits) {
          for (const quote of target.quotes) {
            const hit = named || quote.text.includes(text);
            quote.element.hidden = !hit;
            found += hit ? 1 : 0;
            deep ||= hit && !named && target.details?.contains(quote.element);
          }
        }
        target.element.hidden = filtered && !(fits && (named || found > 0));
        shown += target.element.hidden ? 0 : 1;
        quotes += found;
        fold(target.details, deep && text !== "");
      }
      goal.element.hidden = filtered && shown === 0;
      goal.element.classList.toggle("filtered", filtered);
      targets += shown;
    }
    form.classList.toggle("active", filtered);
    const count = form.dataset.count.replace("{targets}", targets).replace("{quotes}", quotes);
    message.textContent = filtered && targets === 0 ? form.dataset.nothing : count;
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

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place?.closest("[hidden]")) return;
    form.reset();
    apply();
    place.scrollIntoView();
  });

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });

  form.hidden = false;
  apply();
})();
