/* The desk's keys, its toasts, and lists that keep themselves true. htmx fills the panes. */
(() => {
  "use strict";
  const list = () => document.getElementById("list");
  const links = () => [...(list()?.querySelectorAll("a") || [])];
  const item = document.getElementById("item");
  const wide = matchMedia("(min-width: 60em)");

  // ---- j k Enter, and the letter that an action names ----
  function step(by) {
    const all = links();
    const now = all.indexOf(document.activeElement);
    const from = now >= 0 ? now : all.findIndex((a) => a.hasAttribute("aria-current")) - (by > 0 ? 0 : -1);
    all[Math.max(0, Math.min(all.length - 1, from + by))]?.focus();
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key.length === 1) document.querySelector(`#item [data-key="${CSS.escape(event.key)}"]`)?.focus();
    else return;
    if (event.key === "j" || event.key === "k") event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#list a");
    if (!link) return;
    for (const other of links()) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  });
  document.addEventListener("htmx:after:swap", () => {
    const head = item?.querySelector("h2[tabindex]");
    if (head && document.activeElement !== head) head.focus({ preventScroll: wide.matches });
    toasts();
  });
  document.addEventListener("htmx:error", () => {
    toast("The server could not be reached. Nothing was changed; try again.");
  });

  // ---- toasts: ten seconds, and as long as somebody is on them ----
  function toast(text) {
    const box = document.createElement("div");
    box.className = "toast";
    box.dataset.seconds = "10";
    box.textContent = text;
    document.getElementById("toasts").append(box);
    toasts();
  }
  function toasts() {
    for (const box of document.querySelectorAll(".toast:not([data-timed])")) {
      box.dataset.timed = "yes";
      const leave = () => {
        if (box.matches(":hover, :focus-within")) setTimeout(leave, 1000);
        else box.remove();
      };
      setTimeout(leave, Number(box.dataset.seconds || 10) * 1000);
    }
  }

  // ---- the panes are fetched again when the stream says so, without moving the reader ----
  async function again(ids) {
    const answer = await fetch(location.href, { headers: { "X-Hue-Renew": "yes" } });
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const selector of ids) {
      const old = document.querySelector(selector);
      const fresh = next.querySelector(selector);
      if (!old || !fresh || old.innerHTML === fresh.innerHTML) continue;
      const focus = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      old.innerHTML = fresh.innerHTML;
      self.htmx?.process(old);
      if (focus) old.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
    }
  }
  let waiting = 0;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => again([".queues", "#list", "#list-count", "#banners"]).catch(() => undefined), 300);
  }
  function listen() {
    if (!list() || !("EventSource" in window)) return;
    const source = new EventSource("/stream/desk");
    for (const kind of ["added", "changed", "waiting", "decided", "banner", "presence"]) source.addEventListener(kind, soon);
    source.onopen = soon;
  }

  // ---- who is on what: told while an item is open and the page is looked at ----
  function here() {
    const subject = item?.querySelector("[data-subject]")?.dataset.subject;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!subject || !token || document.hidden) return;
    const body = new URLSearchParams({ subject, csrfmiddlewaretoken: token });
    fetch(item.dataset.presence, { method: "POST", body }).catch(() => undefined);
  }
  if (item) {
    here();
    setInterval(here, 45000);
    document.addEventListener("htmx:after:swap", here);
  }

  // ---- the wall ----
  async function renew(wall) {
    const old = new Map([...wall.querySelectorAll("[data-key]")].map((e) => [e.dataset.key, e.textContent]));
    const lines = new Set([...wall.querySelectorAll(".line")].map((e) => e.id));
    await again(["#main", "#banners"]);
    for (const figure of wall.querySelectorAll("[data-key]")) {
      if (old.get(figure.dataset.key) !== figure.textContent) figure.classList.add("fresh");
    }
    for (const line of wall.querySelectorAll(".line")) if (!lines.has(line.id)) line.classList.add("fresh");
  }
  const wall = document.querySelector("[data-renew]");
  if (wall) setInterval(() => renew(wall).catch(() => undefined), Number(wall.dataset.renew) * 1000);

  toasts();
  listen();
})();
