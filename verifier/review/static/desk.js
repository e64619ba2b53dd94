// Keys, times in the reader's zone, copying. Every page works without this.
"use strict";

(function () {
  const text = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

  function showTimes(within) {
    for (const time of within.querySelectorAll("time[datetime]")) {
      const moment = new Date(time.dateTime);
      if (!isNaN(moment)) {
        time.title = time.textContent;
        time.textContent = text.format(moment);
      }
    }
  }

  function writing(target) {
    return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
  }

  function rows() {
    return Array.from(document.querySelectorAll("a[data-row]"));
  }

  function step(by) {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  function opened(summary) {
    const details = summary.parentElement;
    details.open = true;
    const field = details.querySelector("input:not([type=hidden]), textarea");
    if (field) field.focus();
  }

  function press(key) {
    if (key === "?") {
      document.getElementById("keys").showModal();
      return true;
    }
    const target = Array.from(document.querySelectorAll("[data-key]")).find((one) => one.dataset.key === key && !one.closest("[hidden]"));
    if (!target) {
      if ((key === "j" || key === "k") && rows().length) {
        step(key === "j" ? 1 : -1);
        return true;
      }
      return false;
    }
    if (target.tagName === "SUMMARY") opened(target);
    else if (target.tagName === "INPUT" || target.tagName === "TEXTAREA") target.focus();
    else target.click();
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      for (const details of document.querySelectorAll(".bar details[open]")) {
        details.open = false;
        details.querySelector("summary").focus();
      }
      return;
    }
    if (writing(event.target) || document.querySelector("dialog[open]")) return;
    if (press(event.key)) event.preventDefault();
  });

  // A double click is one review: the second half would only be told that the first was stored.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
    } else if (form.method === "post") {
      form.dataset.sent = "1";
    }
  });
  window.addEventListener("pageshow", function () {
    for (const form of document.forms) delete form.dataset.sent;
  });

  for (const opener of document.querySelectorAll("[data-opens]")) {
    opener.addEventListener("click", () => document.getElementById(opener.dataset.opens).showModal());
  }

  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", async function () {
      const field = document.getElementById(button.dataset.copies);
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
    });
  }

  // The page's picture is scrolled to what is highlighted on it.
  for (const picture of document.querySelectorAll("img[data-highlight]")) {
    const box = picture.closest(".page-box");
    fetch(picture.src, { cache: "force-cache" }).then(function (answer) {
      const top = Number(answer.headers.get("Highlight-Top")) || 0;
      const show = () => (box.scrollTop = top * picture.clientHeight - box.clientHeight / 4);
      if (picture.complete) show();
      else picture.addEventListener("load", show);
    });
  }

  for (const summary of document.querySelectorAll(".bar summary")) {
    summary.parentElement.addEventListener("toggle", function () {
      if (summary.parentElement.open) opened(summary);
    });
  }

  // On a narrow screen the filters stay folded until they are asked for.
  const filters = document.querySelector("details.filters");
  if (filters && !location.search && matchMedia("(max-width: 56rem)").matches) filters.open = false;

  showTimes(document);
  document.body.addEventListener("htmx:afterSwap", (event) => showTimes(event.target.parentElement || document));
})();
