/* "Only Northfield" on a page of several neighbourhoods. The links lead to the neighbourhood's own page without this. */
(() => {
  "use strict";
  const list = document.getElementById("lines");
  const places = document.getElementById("places");
  const note = document.getElementById("filtered");
  if (!list || !places) return;

  function hideBareHours() {
    for (const hour of list.querySelectorAll(".hour")) {
      let next = hour.nextElementSibling;
      while (next && next.hidden && next.classList.contains("line")) next = next.nextElementSibling;
      hour.hidden = !next || next.classList.contains("hour");
    }
  }
  function filter(slug) {
    list.dataset.place = slug;
    let shown = 0;
    for (const line of list.querySelectorAll(".line")) {
      line.hidden = Boolean(slug) && line.dataset.place !== slug;
      shown += !line.hidden;
    }
    hideBareHours();
    for (const link of places.querySelectorAll("a")) {
      if (link.dataset.place === slug) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    note.className = shown ? "unseen" : "empty";
    note.textContent = !slug ? "" : shown ? `${shown} shown here` : "Nothing on this page from there. New lines appear by themselves.";
    list.dispatchEvent(new Event("filter"));
  }
  const asked = () => (location.hash.match(/^#in=([\w-]+)$/) || ["", ""])[1];

  places.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { place } = link.dataset;
    history.replaceState(null, "", place ? "#in=" + place : location.pathname);
    filter(place);
  });
  addEventListener("hashchange", () => filter(asked()));
  if (asked()) filter(asked());
})();
