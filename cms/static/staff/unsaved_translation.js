// Where the editor of translations finds its choosers.
"use strict";
const choosers = document.querySelector("template[data-choosers]").dataset;
window.chooserUrls ??= {
  imageChooser: choosers.image,
  documentChooser: choosers.document,
  pageChooser: choosers.page,
};
