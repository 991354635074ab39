// Shows what others change: reloads the page when its object has changed, unless somebody is in the middle of something.
const { seq, about } = document.documentElement.dataset;
const address = new URL(location.href);
const interval = address.searchParams.has("changed") ? 1000 : 4000;
const stale = document.querySelector(".stale");
let hasTyped = false;

const isBusy = () =>
  hasTyped ||
  document.activeElement?.matches("input, select, textarea") ||
  document.querySelector("form details[open], details[open] > form");

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
  if (!answer?.ok || (await answer.text()) === seq) return;
  if (isBusy()) offer();
  else location.reload();
};

address.searchParams.delete("changed");
history.replaceState(null, "", address);
document.addEventListener("input", () => {
  hasTyped = true;
});
if (about) setInterval(look, interval);
