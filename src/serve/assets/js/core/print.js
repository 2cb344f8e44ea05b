// On paper the frame of a map has another shape than on the screen: the drawing is scaled to it whole.

const MAPS = ".carte-svg";

addEventListener("beforeprint", () => {
  for (const map of document.querySelectorAll(MAPS)) {
    const { width, height } = map.getBoundingClientRect();
    if (width && height) map.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }
});
addEventListener("afterprint", () => {
  for (const map of document.querySelectorAll(MAPS)) map.removeAttribute("viewBox");
});
