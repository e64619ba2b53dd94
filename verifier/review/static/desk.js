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
    return Array.from(document.querySelectorAll("[data-row]"));
  }

  function step(by) {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
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

  // A picture that is not there says so, and leaves no empty page behind.
  for (const picture of document.querySelectorAll("img[data-missing]")) {
    const missing = function () {
      const said = document.createElement("p");
      said.className = "nothing";
      said.setAttribute("role", "status");
      said.textContent = picture.dataset.missing;
      const box = picture.closest(".page-box") || picture;
      box.hidden = true;
      if (!box.nextElementSibling || !box.nextElementSibling.matches(".nothing")) box.after(said);
    };
    picture.addEventListener("error", missing);
    picture.addEventListener("load", function () {
      const box = picture.closest(".page-box") || picture;
      box.hidden = false;
      if (box.nextElementSibling && box.nextElementSibling.matches(".nothing")) box.nextElementSibling.remove();
    });
    if (picture.complete && picture.src && !picture.naturalWidth) missing();
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

  // A document's notes: the page beside them turns with the note that is looked at, and by its own links.
  const beside = document.querySelector("img[data-page-picture]");
  if (beside) {
    const pages = Number(beside.dataset.pages);
    const turnTo = function (page) {
      if (!(page >= 1 && page <= pages) || page === Number(beside.dataset.pagePicture)) return;
      beside.dataset.pagePicture = String(page);
      beside.src = beside.src.replace(/\d+\.png$/, page + ".png");
      beside.alt = beside.alt.replace(/\d+/, String(page));
      document.querySelector("[data-turned]").textContent = "p. " + page + " of " + pages;
    };
    const look = function (event) {
      const block = event.target.closest(".block");
      if (!block) return;
      for (const other of document.querySelectorAll(".block.current")) other.classList.remove("current");
      block.classList.add("current");
      if (event.target.closest("a, summary, button") === null || event.type === "focusin") turnTo(Number(block.dataset.page));
    };
    document.addEventListener("focusin", look);
    document.addEventListener("click", function (event) {
      look(event);
      const to = event.target.closest("[data-turns-to]");
      const by = event.target.closest("[data-turns-by]");
      if (!to && !by) return;
      event.preventDefault();
      turnTo(to ? Number(to.dataset.turnsTo) : Number(beside.dataset.pagePicture) + Number(by.dataset.turnsBy));
      // On a narrow screen the page is below the notes.
      if (matchMedia("(max-width: 56rem)").matches) document.getElementById("page-picture").scrollIntoView();
    });
  }

  // An archived PDF opens at the page of the passage, which the picture's header names; from there it is turned.
  const archived = document.querySelector("img[data-archived-page]");
  if (archived) {
    const form = archived.closest("figure").querySelector("form");
    const field = form.querySelector("input:not([type=hidden])");
    let count = 0;
    const known = (answer) => {
      count = Number(answer.headers.get("Page-Count")) || 0;
      field.value = answer.headers.get("Page-Number") || field.value;
      form.querySelector("[data-archived-count]").textContent = count ? "of " + count : "";
      for (const button of form.querySelectorAll("[data-archived-by]")) button.hidden = count < 2;
    };
    fetch(archived.src, { cache: "force-cache" }).then(known);
    form.addEventListener("click", function (event) {
      const by = event.target.closest("[data-archived-by]");
      const page = by ? Number(field.value) + Number(by.dataset.archivedBy) : 0;
      if (page < 1 || page > count) return;
      field.value = String(page);
      archived.src = archived.dataset.archivedPage + "&page=" + page;
      archived.parentElement.href = archived.src;
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
