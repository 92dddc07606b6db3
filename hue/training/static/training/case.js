/* A practice answer is kept on this phone until it was marked: an interruption or a lost signal
   costs nothing. Without this script the form is an ordinary one. */
(() => {
  "use strict";
  const form = document.getElementById("case");
  const words = form.elements.words;
  const said = document.getElementById("said");
  const KEY = form.dataset.keep;
  const read = () => JSON.parse(localStorage.getItem(KEY) || "null");

  // Kept beside how often it was tried: once marked, what was kept is older than the page.
  const kept = read();
  if (kept && kept.tries === form.dataset.tries) words.value = kept.words;
  else localStorage.removeItem(KEY);

  words.addEventListener("input", () => {
    localStorage.setItem(KEY, JSON.stringify({ tries: form.dataset.tries, words: words.value }));
  });

  function tell(text) {
    said.className = "told told-amber";
    said.textContent = text;
  }
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    tell("No signal. Your words are kept on this phone: have them marked when it is back.");
  });
  addEventListener("online", () => { if (said.textContent) tell("The signal is back: have it marked."); });
})();
