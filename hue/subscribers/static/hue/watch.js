// Messages on this device, where its browser can; without a script there are e-mail and SMS.
(async () => {
  const form = document.getElementById("watch-form");
  const choice = document.getElementById("on-device");
  const address = document.getElementById("address");
  const said = document.getElementById("on-device-said");
  if (!form || !("serviceWorker" in navigator && "PushManager" in window)) return;
  const answer = await fetch("/watch-push.json");
  const key = answer.ok ? (await answer.json()).key : "";
  if (!key) return;
  choice.hidden = false;
  const chosen = () => choice.querySelector("input").checked;
  form.addEventListener("change", () => {
    address.closest(".field").hidden = chosen();
    address.required = !chosen();
  });
  form.addEventListener("submit", async (event) => {
    if (!chosen() || address.value.startsWith("{")) return;
    event.preventDefault();
    try {
      const worker = await navigator.serviceWorker.register("/push-worker.js", { scope: "/my-watch/" });
      const padded = key.replace(/-/g, "+").replace(/_/g, "/");
      const applicationServerKey = Uint8Array.from(atob(padded), (c) => c.charCodeAt(0));
      await new Promise((done) => {
        if (worker.active) done();
        else (worker.installing || worker.waiting).addEventListener("statechange", (e) => e.target.state === "activated" && done());
      });
      const given = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
      address.maxLength = 2000;
      address.value = JSON.stringify(given);
      form.submit();
    } catch {
      said.textContent = "This device does not let us: choose e-mail, or allow messages in its settings.";
    }
  });
})();
