// A form that filters. Its state stands in the address, so that a filtered view can be sent or
// bookmarked. Calls `apply` with what is wanted, `readWords` when the language has changed, `show`
// with the id of a place that the address names.
function makeFilter(form, tasks) {
  "use strict";
  const { apply, readWords, show = () => {} } = tasks;

  function wanted() {
    const values = Object.fromEntries(new FormData(form));
    values.text = values.text.trim();
    return values;
  }

  function save() {
    const state = Object.entries({ ...wanted(), lang: words.language }).filter(([, value]) => value);
    const kept = location.hash.includes("=") ? location.pathname + location.search : location.href;
    const address = state.length ? "#" + new URLSearchParams(state) : kept;
    if (address !== location.href) history.replaceState(null, "", address);
  }

  function restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const field of form.elements) if (field.name) field.value = state.get(field.name) ?? "";
    words.show(state.get("lang"));
    apply(wanted());
    if (Object.values(wanted()).some(Boolean)) form.scrollIntoView();
  }

  function follow() {
    if (location.hash.includes("=")) restore();
    else if (location.hash) show(decodeURIComponent(location.hash.slice(1)));
  }

  function change() {
    apply(wanted());
    save();
  }

  const words = makeSwitch(() => {
    readWords();
    change();
  });
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, 120);
  });
  form.addEventListener("reset", () => setTimeout(change));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", follow);
  form.hidden = false;
  readWords();
  apply(wanted());
  follow();
}
