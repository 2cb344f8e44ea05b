// Questions in a modal dialog of the browser: it keeps the focus inside and gives it back.

import { h } from "./dom.js";

/** Shows `content` under `title`; resolves with the value of the button pressed, "" on Escape. */
export function ask(title, content, buttons) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { "aria-labelledby": "titre-dialogue" },
      h("form", { method: "dialog" },
        h("h2", { id: "titre-dialogue" }, title),
        h("div", { class: "dialogue-corps" }, content),
        h("div", { class: "rangee fin" }, buttons.map((button) =>
          h("button", { value: button.value, class: button.class ?? "", formnovalidate: button.value === "" }, button.label)))));
    dialog.addEventListener("close", () => {
      const { returnValue } = dialog;
      dialog.remove();
      resolve(returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A yes or no. */
export async function confirm(title, text, yes) {
  const choice = await ask(title, h("p", {}, text), [
    { value: "", label: "Annuler" },
    { value: "oui", label: yes, class: "principal" },
  ]);
  return choice === "oui";
}

/** A short text, or `null` when given up. */
export async function prompt(title, label, initial, yes) {
  const input = h("input", { type: "text", id: "reponse-dialogue", value: initial, required: true, maxlength: "120" });
  const choice = await ask(title, h("p", { class: "champ" }, h("label", { for: "reponse-dialogue" }, label), input), [
    { value: "", label: "Annuler" },
    { value: "oui", label: yes, class: "principal" },
  ]);
  return choice === "oui" && input.value.trim() ? input.value.trim() : null;
}
