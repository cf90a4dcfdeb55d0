// This page is the answer to a form. In the tab's history it becomes the plain page: Back and Refresh come here without
// the browser's "Send the form again?", and whoever presses Back later does not see what was asked for.
"use strict";
history.replaceState(null, "", location.pathname + location.hash);
