// The clinic's idle limit, as the person meets it: work of any kind keeps them signed in, a warning
// comes a minute before the end, and at the end the page goes, so that no patient stays on the screen.
// The server keeps the limit by itself; without this script only requests count as work.
const { idleMinutes, idleUrl, idleLeave } = document.body.dataset;
const LIMIT = Number(idleMinutes) * 60_000;
const WARN_BEFORE = 60_000;
const TELL_EVERY = 15_000;
const SLACK = 30_000; // The server counts from what it last heard, so it is surely past the limit by then.
const SHARED = "active-at"; // All tabs of this browser are one session.
let told = Date.now();
let warning = null;

const activeAt = () => Number(localStorage.getItem(SHARED));

const tell = () => {
  told = Date.now();
  fetch(idleUrl, { redirect: "manual" }).catch(() => {});
};

const act = () => {
  localStorage.setItem(SHARED, Date.now());
  warning?.remove();
  warning = null;
  if (Date.now() - told > TELL_EVERY) {
    tell();
  }
};

const warn = () => {
  warning = document.createElement("div");
  warning.setAttribute("role", "alert");
  warning.className = "alert alert-warning shadow position-fixed bottom-0 start-0 end-0 m-3 z-3 d-print-none";
  const stay = document.createElement("button");
  stay.type = "button";
  stay.className = "btn btn-primary ms-3";
  stay.textContent = "Stay signed in";
  warning.append("You have been inactive. You will be signed out in a minute, without saving.", stay);
  document.body.append(warning);
};

const look = () => {
  const idle = Date.now() - activeAt();
  if (idle > LIMIT + SLACK) {
    clearInterval(looking);
    document.body.dataset.idleOver = "yes"; // No page may hold this up by asking.
    location.assign(`${idleLeave}?next=${encodeURIComponent(location.pathname + location.search)}`);
  } else if (idle > LIMIT - WARN_BEFORE && !warning) {
    warn();
  } else if (idle <= LIMIT - WARN_BEFORE && warning) {
    warning.remove();
    warning = null;
  }
};

for (const kind of ["keydown", "pointerdown", "pointermove", "scroll", "input"]) {
  document.addEventListener(kind, act, { capture: true, passive: true });
}
document.addEventListener("visibilitychange", look);
const looking = setInterval(look, 1000);
localStorage.setItem(SHARED, Date.now());
