/* What the guard says while somebody types: asked of the server a moment after the last key, and
   where there is no signal of this phone itself, for personal data alone. The server asks again. */
(() => {
  "use strict";
  const form = document.getElementById("compose");
  const list = document.getElementById("findings");
  const marks = document.getElementById("marks");
  if (!form || !list) return;
  const WAIT = 300;
  const SAYS = { stop: "stops it", second: "needs a second person", advice: "advice" };
  const text = form.elements.text;
  const next = document.getElementById("next-guard");
  let timer = 0;
  let running = null;

  function el(name, what, ...inside) {
    const one = Object.assign(document.createElement(name), what);
    one.append(...inside);
    return one;
  }

  // Offsets count characters, as the server does: an emoji is one.
  function underline(found) {
    const letters = [...text.value];
    const parts = [];
    let done = 0;
    for (const one of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (one.end <= one.start || one.start < done) continue;
      parts.push(letters.slice(done, one.start).join(""));
      parts.push(el("mark", { className: `mark-${one.severity}` }, letters.slice(one.start, one.end).join("")));
      done = one.end;
    }
    marks.replaceChildren(...parts, letters.slice(done).join(""), "\n");
    marks.scrollTop = text.scrollTop;
  }

  // The words may have moved since they were read: an earlier mend, a key pressed meanwhile.
  function mend(one, words) {
    const before = [...text.value].slice(0, one.start).join("").length;
    const here = text.value.startsWith(words, before) ? before : text.value.indexOf(words);
    if (here < 0) return;
    text.setRangeText(one.mend, here, here + words.length, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  }

  function row(one) {
    const words = [...text.value].slice(one.start, one.end).join("");
    const head = el("b", {}, `${words ? `“${words}” ` : ""}${SAYS[one.severity]}.`);
    const item = el("li", { className: `finding finding-${one.severity}` }, el("p", {}, head, ` ${one.wrong} ${one.right}`));
    if (one.mend !== null) {
      const label = one.mend ? `Write “${one.mend}” instead` : "Take it out";
      const button = el("button", { type: "button", className: "button button-quiet" }, label);
      button.addEventListener("click", () => mend(one, words));
      item.append(button);
    }
    return item;
  }

  // Once for all stops; where one of them names nobody, nobody is asked.
  function askRow(stops) {
    if (!stops.length || stops.some((one) => !one.who)) return [];
    const button = el("button", { className: "button button-quiet", name: "action", value: "override" }, `Ask ${stops[0].who} to let it pass as it is`);
    return [el("li", {}, button)];
  }

  // `trouble` is why the server did not read them: too long, too many pictures.
  function show(found, trouble = []) {
    const stops = found.filter((one) => one.severity === "stop");
    const second = found.some((one) => one.severity === "second");
    const why = trouble.map((one) => el("li", { className: "finding finding-second" }, el("p", {}, one.text)));
    list.replaceChildren(...why, ...found.map(row), ...askRow(stops));
    underline(found);
    form.dataset.stops = stops.length;
    next.textContent = stops.length ? "Mend what is marked ■ first." : second ? "A second person sees this first." : "";
  }

  const here = () => (self.huePersonal ? self.huePersonal.find(text.value) : []);

  async function ask() {
    running?.abort();
    running = new AbortController();
    const body = new URLSearchParams({
      text: text.value, incident: form.elements.incident.value,
      event: form.elements.event?.checked ? form.elements.event.value : "",
    });
    for (const alt of document.querySelectorAll("#pictures input")) body.append("alts", alt.value);
    const token = form.elements.csrfmiddlewaretoken.value;
    const asked = text.value;
    try {
      const answer = await fetch(list.dataset.check, { method: "POST", body, headers: { "X-CSRFToken": token }, signal: running.signal });
      const said = answer.ok || answer.status === 422 ? await answer.json() : null;
      if (asked === text.value) show(answer.ok ? said.findings : here(), said?.trouble);
    } catch (fault) {
      if (fault.name !== "AbortError") show(here());
    }
  }

  function later() {
    clearTimeout(timer);
    if (!text.value.trim()) {
      running?.abort();
      show([]);
      return;
    }
    underline([]);
    timer = setTimeout(ask, WAIT);
  }
  form.addEventListener("input", later);
  text.addEventListener("scroll", () => { marks.scrollTop = text.scrollTop; });
  // What a script put there: a draft that was kept, or nothing after it was sent.
  document.addEventListener("hue:words", later);
  later();
})();
