// The clinic's idle limit, as the person meets it: work of any kind keeps them signed in, a warning
// comes a minute before the end, and at the end the page goes, so that no patient stays on the screen.
// The server keeps the limit by itself; without this script only requests count as work.
const { idleMinutes, idleUrl, idleLeave, secondsLeft } = document.body.dataset;
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

// Twelve hours after signing in the session ends, also of somebody who works. The page stays, since something may be
// typed in it: it warns, and then says how to go on.
const ENDS = Date.now() + Number(secondsLeft) * 1000;
const WARN_BEFORE_END = 10 * 60_000;
let ending = null;

const sayOfEnd = (text) => {
  if (!ending) {
    ending = document.createElement("div");
    ending.setAttribute("role", "alert");
    ending.className = "alert alert-warning shadow position-fixed top-0 start-0 end-0 m-3 z-3 d-print-none";
    document.body.append(ending);
  }
  ending.replaceChildren(text);
};

const lookAtEnd = () => {
  if (Date.now() >= ENDS) {
    clearInterval(lookingAtEnd);
    sayOfEnd("You were signed out, because you signed in 12 hours ago. What you typed is still on this page. ");
    const link = document.createElement("a");
    link.href = idleLeave;
    link.target = "_blank";
    link.textContent = "Sign in in another tab";
    ending.append(link, ", then go on here.");
  } else if (Date.now() > ENDS - WARN_BEFORE_END && !ending) {
    sayOfEnd("You signed in almost 12 hours ago and will be signed out within 10 minutes. Save what you are typing.");
  }
};

const lookingAtEnd = setInterval(lookAtEnd, 1000);
