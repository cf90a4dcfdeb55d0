/* Quick where a script runs; every link and form works without it. */
(() => {
  // A link with data-swap="id" changes one section in place: its heading has the id.
  const section = (root, id) => root.getElementById(id)?.closest("section");
  const swap = async (address, id) => {
    const here = section(document, id);
    if (!here) return false;
    here.setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(address, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(10000) });
      if (!reply.ok || reply.redirected) return false;
      const there = section(new DOMParser().parseFromString(await reply.text(), "text/html"), id);
      if (!there) return false;
      here.replaceWith(document.adoptNode(there));
      return true;
    } catch { return false; } finally { here.removeAttribute("aria-busy"); }
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[data-swap]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const id = link.dataset.swap;
    if (!(await swap(link.href, id))) { location.assign(link.href); return; }
    history.replaceState(null, "", link.href);
    const heading = document.getElementById(id);
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    // Whoever keeps the page keeps what is chosen on it.
    for (const keep of document.querySelectorAll("a[href*='/saved/keep/']")) {
      const address = new URL(keep.href);
      address.searchParams.set("address", location.pathname + location.search);
      keep.href = address.href;
    }
  });
})();
