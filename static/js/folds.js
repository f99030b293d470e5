// What somebody folded stays folded for them: the server keeps it, and draws the page so.
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;

for (const panel of document.querySelectorAll("details[data-fold]")) {
  let wasOpen = panel.open; // An open one says so, too, when it is drawn.
  panel.addEventListener("toggle", () => {
    if (panel.open === wasOpen) {
      return;
    }
    wasOpen = panel.open;
    const body = new URLSearchParams({ panel: panel.dataset.fold, is_folded: panel.open ? "" : "yes" });
    fetch(document.body.dataset.foldsUrl, { method: "POST", body, headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
  });
}
