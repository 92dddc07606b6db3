// The desk in disorder: what is heard appears by itself; clocks run; sound is off until asked for.
(() => {
  "use strict";
  const main = document.querySelector("[data-heard]");
  if (!main) return;
  const soundButton = document.getElementById("sound");
  let sound = null;

  async function again() {
    const answer = await fetch(location.href, { headers: { "X-Hue-Renew": "yes" } });
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const old = document.getElementById("heard") || main;
    const fresh = next.getElementById(old.id);
    // Never under somebody's fingers: not while they write a reference.
    if (!fresh || old.querySelector("input:focus, [data-kept]")) return;
    const focus = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    old.innerHTML = fresh.innerHTML;
    if (focus) old.querySelector(`a[href="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  }
  let waiting = 0;
  function soon() {
    if (waiting) return;
    waiting = setTimeout(() => { waiting = 0; again().catch(() => undefined); }, 400);
  }
  main.addEventListener("input", (event) => {
    if (event.target.value) event.target.dataset.kept = "yes";
    else delete event.target.dataset.kept;
  });

  function beep() {
    if (!sound) return;
    const tone = sound.createOscillator();
    tone.frequency.value = 880;
    tone.connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + 0.4);
  }
  if (soundButton && "AudioContext" in window) {
    soundButton.hidden = false;
    soundButton.addEventListener("click", () => {
      sound = sound ? (sound.close(), null) : new AudioContext();
      soundButton.setAttribute("aria-pressed", String(Boolean(sound)));
      soundButton.textContent = sound ? "Sound is on" : "Sound is off";
      beep();
    });
  }

  let source = null;
  function listen() {
    if (!("EventSource" in window) || source || document.hidden) return;
    source = new EventSource(`/stream/listening/${main.dataset.heard}`);
    source.addEventListener("heard", (event) => {
      if (JSON.parse(event.data).dangers) beep();
      soon();
    });
    source.onopen = soon;
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { source?.close(); source = null; } else listen();
  });
  listen();

  function clocks() {
    for (const clock of document.querySelectorAll("[data-left]")) {
      clock.dataset.ends ||= Date.now() + clock.dataset.left * 1000;
      const left = Math.round((clock.dataset.ends - Date.now()) / 1000);
      const size = Math.abs(left);
      clock.textContent = `${left < 0 ? "late by " : ""}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
      clock.closest(".danger-box").classList.toggle("danger-late", left < 0);
    }
  }
  setInterval(clocks, 1000);
})();
