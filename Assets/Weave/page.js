"use strict";

// Light or dark: as the system has it, until the reader says otherwise.
const root = document.documentElement;
const kept = (change) => { try { return change(localStorage); } catch { return null; } };
const isDark = () =>
  (root.style.colorScheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "")) === "dark";
root.style.colorScheme = kept((store) => store.getItem("scheme")) || "";
const scheme = document.createElement("button");
scheme.type = "button";
scheme.textContent = "◐";
scheme.title = "Light or dark";
scheme.setAttribute("aria-label", "Light or dark");
scheme.addEventListener("click", () => {
  root.style.colorScheme = isDark() ? "light" : "dark";
  kept((store) => store.setItem("scheme", root.style.colorScheme));
});
document.querySelector("header nav").append(scheme);

// There is room for the contents beside a wide page.
const contents = document.querySelector(".contents");
const wide = matchMedia("(min-width: 73rem)");
const unfold = () => { if (contents) contents.open = wide.matches; };
wide.addEventListener("change", unfold);
unfold();

// Programs can be taken to a prompt.
for (const program of document.querySelectorAll(".cell > .program")) {
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  copy.textContent = "Copy";
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(program.textContent);
    copy.textContent = "Copied";
    setTimeout(() => { copy.textContent = "Copy"; }, 1500);
  });
  program.parentElement.append(copy);
}

// The index shows the lessons that have all words of the search, and no heading without lessons.
const field = document.getElementById("search");
const lessons = [...document.querySelectorAll(".lessons li")];
const groups = [...document.querySelectorAll(".index section")];
field?.addEventListener("input", () => {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const lesson of lessons) {
    lesson.hidden = !words.every((word) => lesson.dataset.words.includes(word));
  }
  for (const group of groups) group.hidden = !group.querySelector(".lessons li:not([hidden])");
  document.getElementById("nothing").hidden = lessons.some((lesson) => !lesson.hidden);
});
