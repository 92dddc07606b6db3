/* How the public will see it: the public's own line, filled in while somebody looks. */
(() => {
  "use strict";
  const form = document.getElementById("compose");
  const preview = document.getElementById("preview");
  if (!form) return;

  function shown(image, picture) {
    image.src = URL.createObjectURL(picture.blob);
    image.onload = () => URL.revokeObjectURL(image.src);
  }
  const LINKED = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]|#\w+)/;
  function word(text) {
    const tag = form.elements.event?.checked && `#${form.elements.event.value}`;
    if (!/^https?:/.test(text) && text.toLowerCase() !== tag) return text;
    const link = document.createElement("a");
    link.textContent = text;
    return link;
  }
  function words(text) {
    const lines = text.trim().split("\n").map((line) => line.split(LINKED).map(word));
    return lines.flatMap((line, i) => (i ? [document.createElement("br"), ...line] : line));
  }
  function when() {
    const planned = form.elements.publish_at.value;
    if (!planned) return "now";
    return dayAndTime(planned);
  }
  function dayAndTime(local) {
    const day = new Date(local).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
    return `${day.replace(",", "")}, ${local.slice(11, 16)}`;
  }
  // Of a notice: the day again only where it is another, as the public page says it.
  function span() {
    const [from, until] = [form.elements.holds_from.value, form.elements.holds_until.value];
    if (!from || !until) return "";
    const sameDay = from.slice(0, 10) === until.slice(0, 10);
    return `${dayAndTime(from)} to ${sameDay ? until.slice(11, 16) : dayAndTime(until)}`;
  }
  let pictures = [];
  function draw() {
    if (!preview.open) return;
    const line = preview.querySelector("template").content.cloneNode(true);
    const mine = line.getElementById("p-preview");
    for (const link of line.querySelectorAll("[href]")) link.removeAttribute("href"); // nobody leaves by accident
    mine.querySelector("time").textContent = when();
    const place = mine.querySelector(".line-place");
    if (place) place.textContent = form.elements.neighbourhood.selectedOptions[0]?.text || "";
    mine.querySelector(".line-text").replaceChildren(...words(form.elements.text.value || "Your words appear here."));
    const announced = mine.querySelector(".line-when");
    if (span()) announced.querySelector("time").textContent = span();
    else announced.remove();
    const frame = mine.querySelector(".line-pictures");
    const blank = frame.firstElementChild;
    frame.replaceChildren(...pictures.map((picture) => {
      const one = blank.cloneNode(true);
      const image = one.querySelector("img");
      for (const name of ["width", "height", "loading"]) image.removeAttribute(name);
      image.alt = picture.alt;
      shown(image, picture);
      return one;
    }));
    if (!form.elements.parent.value) line.replaceChildren(mine); // what it followed was sent, or left
    preview.querySelector(".lines").replaceChildren(line);
  }

  preview.hidden = false;
  preview.addEventListener("toggle", () => {
    draw();
    if (preview.open) preview.scrollIntoView();
  });
  form.addEventListener("input", draw);
  self.huePreview = { shown, draw: (those) => { pictures = those; draw(); } };
})();
