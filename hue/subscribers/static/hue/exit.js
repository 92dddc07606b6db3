// One tap, or Escape three times: this page is gone from the screen and from “back”.
(() => {
  const way = document.getElementById("exit");
  const go = () => location.replace(way.href);
  let taps = 0;
  way.addEventListener("click", (event) => { event.preventDefault(); go(); });
  document.addEventListener("keydown", (event) => {
    taps = event.key === "Escape" ? taps + 1 : 0;
    if (taps === 3) go();
  });
})();
