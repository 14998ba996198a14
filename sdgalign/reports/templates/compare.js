(() => {
  "use strict";
  const form = document.getElementById("filter");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const hide = (element, hidden) => { if (element.hidden !== hidden) element.hidden = hidden; };
  const list = (text) => (text ? text.split(" ") : []);
  const items = all(".trace, .pair").map((element) => ({
    element,
    isTrace: element.classList.contains("trace"),
    goals: list(element.dataset.goals),
    targets: list(element.dataset.targets),
    fates: list(element.dataset.fates),
    notes: list(element.dataset.notes),
    text: "",
  }));
  const groups = all(".group").map((element) => ({
    element,
    items: items.filter((item) => element.contains(item.element)),
    wasOpen: element.open,
  }));
  const message = form.querySelector("[role=status]");
  let filtered = false;

  function readWords() {
    for (const item of items) item.text = plain(item.element.textContent);
  }

  function apply(want) {
    const text = plain(want.text);
    const was = filtered;
    filtered = Object.values(want).some(Boolean);
    const count = { rows: 0, targets: 0 };
    for (const item of items) {
      const fits = (!want.goal || item.goals.includes(want.goal)) &&
        (!want.target || (want.target === "none" ? item.isTrace && !item.targets.length : item.targets.includes(want.target))) &&
        (!want.fate || item.fates.includes(want.fate)) && (!want.note || item.notes.includes(want.note)) &&
        item.text.includes(text);
      hide(item.element, !fits);
      if (fits) count[item.isTrace ? "rows" : "targets"] += 1;
    }
    for (const group of groups) {
      const some = group.items.some((item) => !item.element.hidden);
      hide(group.element, filtered && !some);
      if (!was && filtered) group.wasOpen = group.element.open;
      group.element.open = filtered ? some : was ? group.wasOpen : group.element.open;
    }
    form.classList.toggle("active", filtered);
    message.textContent = filtered && !count.rows && !count.targets ? form.dataset.nothing
      : form.dataset.count.replace(/{(\w+)}/g, (_, name) => count[name]);
  }

  unfoldForPrint();
  makeFilter(form, { apply, readWords });
})();
