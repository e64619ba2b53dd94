// Ticks, the bar that decides about what is ticked, and who has which finding open. Every page works without this.
"use strict";

(function () {
  const bar = document.querySelector("[data-ticked]");
  const all = document.querySelector("[data-tick-all]");
  const boxes = () => Array.from(document.querySelectorAll("input[data-tick]"));
  const ticked = () => boxes().filter((box) => box.checked).map((box) => box.value);

  function show() {
    const many = ticked().length;
    bar.querySelector("[data-count]").textContent = many;
    bar.hidden = many === 0;
    document.body.classList.toggle("has-ticks", many > 0);
    all.checked = many > 0 && many === boxes().length;
    all.indeterminate = many > 0 && !all.checked;
  }

  function tickAll(checked) {
    for (const box of boxes()) box.checked = checked;
    show();
  }

  // `x` ticks the line in focus and goes on to the next.
  function tickAndGoOn() {
    const rows = Array.from(document.querySelectorAll("a[data-row]"));
    const at = Math.max(rows.indexOf(document.activeElement), 0);
    const box = rows[at] && rows[at].closest("li").querySelector("input[data-tick]");
    if (!box) return;
    box.checked = !box.checked;
    show();
    const next = rows[Math.min(at + 1, rows.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "center" });
  }

  if (bar && all) {
    for (const hidden of document.querySelectorAll("[data-script]")) hidden.hidden = false;
    document.addEventListener("change", function (event) {
      if (event.target === all) tickAll(all.checked);
      else if (event.target.matches("input[data-tick]")) show();
    });
    document.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
      if (event.key === "x") tickAndGoOn();
      else if (event.key === "X") tickAll(ticked().length < boxes().length);
    });
    for (const form of bar.querySelectorAll("form")) {
      form.addEventListener("submit", () => (form.elements.findings.value = ticked().join(",")));
    }
    window.addEventListener("pageshow", show);
  }

  function showPresent() {
    for (const badge of document.querySelectorAll(".badge.present")) badge.remove();
    for (const one of document.querySelectorAll("[data-present]")) {
      const box = document.querySelector(`input[data-tick][value="${one.dataset.present}"]`);
      if (!box) continue;
      const badge = document.createElement("span");
      badge.className = "badge present";
      badge.textContent = `${one.dataset.who} has it open`;
      box.closest("li").querySelector(".row-head").append(badge);
    }
  }

  if (document.getElementById("present")) {
    showPresent();
    document.body.addEventListener("htmx:afterSwap", showPresent);
  }
})();
