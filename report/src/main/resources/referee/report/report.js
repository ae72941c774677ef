// SPDX-License-Identifier: Apache-2.0
(() => {
  "use strict";
  const open = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    target.scrollIntoView({ block: target.tagName === "SECTION" ? "start" : "nearest" });
  };
  addEventListener("hashchange", open);
  open();
})();
