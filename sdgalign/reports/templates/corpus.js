(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // One name filter per kind, for all its tables.
  const forms = all("form.find");
  const tables = (kind) => all("table[data-kind]").filter((table) => table.dataset.kind === kind);

  function find(form) {
    const wanted = plain(form.elements.name.value.trim());
    for (const table of tables(form.dataset.kind)) {
      for (const row of all("tbody tr[data-unit]", table)) {
        row.hidden = wanted !== "" && !plain(row.querySelector("th").textContent).includes(wanted);
      }
    }
    count(form);
  }

  function count(form) {
    const rows = all("tbody tr[data-unit]", tables(form.dataset.kind)[0]);
    const shown = rows.filter((row) => !row.hidden).length;
    form.querySelector("[role=status]").textContent =
      form.dataset.count.replace("{shown}", shown).replace("{all}", rows.length);
  }

  // Sorting one table puts the rows of the others of its kind in the same order.
  const value = (row, at) => row.cells[at].dataset.v ?? "";

  function sort(head) {
    words.read(); // rows are about to move
    const table = head.closest("table");
    const at = [...head.parentNode.cells].indexOf(head);
    const rows = all("tbody tr[data-unit]", table);
    const text = rows.some((row) => Number.isNaN(Number(value(row, at))));
    const low = text || head.querySelector(".sort").dataset.sort === "rank";
    const up = head.ariaSort ? head.ariaSort === "descending" : low;
    rows.sort((a, b) => {
      const [x, y] = [value(a, at), value(b, at)];
      if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
      return (text ? x.localeCompare(y) : x - y) * (up ? 1 : -1);
    });
    const order = new Map(rows.map((row, place) => [row.dataset.unit, place]));
    for (const other of tables(table.dataset.kind)) {
      const body = other.tBodies[0];
      const moved = all("tr[data-unit]", body).sort((a, b) =>
        (order.get(a.dataset.unit) ?? 1e9) - (order.get(b.dataset.unit) ?? 1e9));
      body.append(...moved);
      for (const each of all("th[aria-sort]", other)) each.removeAttribute("aria-sort");
    }
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
  }

  for (const each of all(".sort")) each.addEventListener("click", () => sort(each.closest("th")));
  for (const form of forms) {
    form.addEventListener("input", () => find(form));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    count(form);
  }
  const words = makeSwitch(() => forms.forEach(count));
  document.getElementById("other").addEventListener("click", () => {
    const { language } = words;
    history.replaceState(null, "", language ? `#lang=${language}` : location.pathname + location.search);
  });
  words.show(new URLSearchParams(location.hash.slice(1)).get("lang"));
  unfoldForPrint();
})();
