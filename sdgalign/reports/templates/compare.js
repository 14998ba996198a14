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

  function wanted() {
    const values = Object.fromEntries(new FormData(form));
    values.text = values.text.trim();
    return values;
  }

  function apply() {
    const want = wanted();
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

  // The state stands in the address, so that a filtered view can be sent or bookmarked.
  function save() {
    const state = Object.entries({ ...wanted(), lang: languages.language }).filter(([, value]) => value);
    const kept = location.hash.includes("=") ? location.pathname + location.search : location.href;
    history.replaceState(null, "", state.length ? "#" + new URLSearchParams(state) : kept);
  }

  function restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const field of form.elements) if (field.name) field.value = state.get(field.name) ?? "";
    languages.show(state.get("lang"));
    apply();
    if (Object.values(wanted()).some(Boolean)) form.scrollIntoView();
  }

  const languages = makeSwitch(() => {
    readWords();
    apply();
    save();
  });
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { apply(); save(); }, 120);
  });
  form.addEventListener("reset", () => setTimeout(() => { apply(); save(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", () => { if (location.hash.includes("=")) restore(); });
  unfoldForPrint();
  form.hidden = false;
  readWords();
  if (location.hash.includes("=")) restore();
  else apply();
})();
