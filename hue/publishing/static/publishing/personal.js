/* Personal data found on the phone itself, where there is no signal: the guard's own patterns for
   the plain forms, told by the page that the phone keeps. */
(() => {
  "use strict";
  const told = document.getElementById("guard-offline");
  if (!told) return;
  const whole = (pattern) => new RegExp(`^(?:${pattern})$`, "i");
  const rules = JSON.parse(told.textContent).map((rule) => ({
    ...rule, re: new RegExp(rule.pattern, `g${rule.flags}`), never: rule.never.map(whole),
    digits: rule.digits && whole(rule.digits), of: rule.of && new Set(rule.of),
  }));

  // The sum that bank cards keep.
  function luhn(digits) {
    const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    const sum = [...digits].reverse().reduce((all, d, i) => all + (i % 2 ? doubled[d] : Number(d)), 0);
    return sum % 10 === 0;
  }

  function isOne(rule, match) {
    const words = match[0];
    const digits = words.replace(/\D/g, "");
    if (rule.never.some((one) => one.test(words))) return false;
    if (rule.of && !rule.of.has(match.groups.area.toUpperCase())) return false;
    if (rule.digits && !rule.digits.test(digits.replace(/^(?:00)?44(?=\d{10})|^0/, "").replace(/^0/, ""))) return false;
    return !rule.sum || luhn(digits);
  }

  // Characters, not halves of an emoji: as the server counts.
  const place = (text, at) => [...text.slice(0, at)].length;

  function find(text) {
    return rules.flatMap((rule) => [...text.matchAll(rule.re)].filter((match) => isOne(rule, match)).map((match) => ({
      rule: rule.rule, severity: "stop", wrong: rule.wrong, right: rule.right, mend: null, who: "",
      start: place(text, match.index), end: place(text, match.index + match[0].length),
    })));
  }

  self.huePersonal = { find };
})();
