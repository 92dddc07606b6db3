/* The same words as our accounts elsewhere would show them: asked of the server while somebody
   looks. Without this script the button opens them as a page. */
(() => {
  "use strict";
  const form = document.getElementById("compose");
  const box = document.getElementById("elsewhere");
  if (!form || !box) return;
  const WAIT = 300;
  const shown = box.querySelector("div");
  let timer = 0;
  let running = null;

  async function ask() {
    running?.abort();
    running = new AbortController();
    const body = new URLSearchParams({
      text: form.elements.text.value, neighbourhood: form.elements.neighbourhood.value,
      event: form.elements.event?.checked ? form.elements.event.value : "",
    });
    for (const alt of document.querySelectorAll("#pictures input")) body.append("alts", alt.value);
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "fetch" };
    try {
      const answer = await fetch(box.dataset.ask, { method: "POST", body, headers, signal: running.signal });
      if (answer.ok || answer.status === 422) shown.innerHTML = await answer.text();
      else shown.textContent = "The server does not say how it looks elsewhere. It is shown when it answers.";
    } catch (fault) {
      if (fault.name !== "AbortError") shown.textContent = "No signal: shown once there is one.";
    }
  }
  function later() {
    clearTimeout(timer);
    if (box.open) timer = setTimeout(ask, WAIT);
  }
  box.hidden = false;
  document.getElementById("elsewhere-page").hidden = true;
  box.addEventListener("toggle", later);
  form.addEventListener("input", later);
})();
