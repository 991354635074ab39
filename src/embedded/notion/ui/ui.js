// Shows what others change: reloads the page when its object has changed, unless somebody is in the middle of something.
const { seq, about } = document.documentElement.dataset;
const address = new URL(location.href);
const interval = address.searchParams.has("changed") ? 1000 : 4000;
const openFromTheStart = new Set(document.querySelectorAll("details[open]"));
const stale = document.querySelector(".stale");
/** A reload would undo what somebody has begun: a press before it is a click, and a click whose page has not come yet. */
const actMs = 5000;
let hasTyped = false;
let actedAt = Number.NEGATIVE_INFINITY;

const hasOpenedAForm = () =>
  [...document.querySelectorAll("form details[open], details[open]:has(> form)")].some(
    (details) => !openFromTheStart.has(details),
  );

const isBusy = () =>
  hasTyped || document.activeElement?.matches("input, select, textarea") || hasOpenedAForm();

const offer = () => {
  if (stale.hasChildNodes()) return;
  const link = document.createElement("a");
  link.href = address.href;
  link.textContent = "Show it";
  stale.append("Something here has changed. ", link);
};

const look = async () => {
  if (document.hidden) return;
  const answer = await fetch(`/ui/changes?about=${encodeURIComponent(about)}`).catch(() => null);
  if (!answer?.ok || (await answer.text()) === seq || performance.now() - actedAt < actMs) return;
  if (isBusy()) offer();
  else location.reload();
};

address.searchParams.delete("changed");
history.replaceState(null, "", address);
document.addEventListener("input", () => {
  hasTyped = true;
});
for (const begun of ["pointerdown", "keydown", "click"])
  document.addEventListener(begun, () => {
    actedAt = performance.now();
  });
// A form that is under way may take as long as it takes; one that the browser brings back by Back is not.
document.addEventListener("submit", () => {
  actedAt = Number.POSITIVE_INFINITY;
});
addEventListener("pageshow", () => {
  actedAt = Number.NEGATIVE_INFINITY;
});
if (about) setInterval(look, interval);
