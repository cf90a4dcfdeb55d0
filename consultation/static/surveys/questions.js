/* Questions in the editor, as Wagtail draws them, with two things of their own.

   A survey opens folded, a question a line: what is in it is drawn when someone opens it, for sixty at once are sixty
   thousand elements. Until then, and as long as nothing in it changes, its form holds one field: the question as it is stored.
   And a copy of a question has choices of its own, so what rests on its own choices (help) must point at the new ones. */
(function () {
  "use strict";

  const folded = new Set(); // not drawn yet
  const opened = new Set(); // drawn, and known as it was

  function words(state) {
    /* What the search of the browser finds in a folded question */
    const texts = [state.text, state.easy, state.hint, state.body];
    ["rows", "options"].forEach((name) => (state[name] || []).forEach((child) => texts.push(child.value.text)));
    return texts.filter(Boolean).join(" · ");
  }

  function commented(id) {
    /* Wagtail ties comments to fields that are drawn */
    const data = document.getElementById("comments-data");
    return Boolean(data && id && data.textContent.includes(`.${id}.`));
  }

  function copied(before, after) {
    const ids = new Map((before.options || []).map((child, place) => [child.id, after.options[place].id]));
    (after.help_by_answer || []).forEach((child) => {
      child.value.any_of = child.value.any_of.split(/[\s,;]+/).map((id) => ids.get(id) || id).join(", ");
    });
    return after;
  }

  function withCopies(block) {
    const plain = block.getDuplicatedState.bind(block);
    block.getDuplicatedState = () => copied(block.getState(), plain());
    return block;
  }

  class Folded {
    constructor(placeholder, prefix, state, draw) {
      this.prefix = prefix;
      const { kept, ...rest } = state;
      this.kept = kept;
      this.state = rest;
      this.make = draw;
      this.element = document.createElement("div");
      this.element.className = "question-folded";
      this.element.textContent = words(rest);
      this.field = document.createElement("input");
      this.field.type = "hidden";
      this.field.name = `${prefix}-kept`;
      this.field.value = kept;
      this.element.append(this.field);
      this.panel = placeholder.closest("[data-panel]");
      placeholder.replaceWith(this.element);
      this.panel.classList.add("collapsed");
      this.panel.addEventListener("wagtail:panel-toggle", (event) => {
        if (event.detail.expanded && event.target.closest("[data-panel]") === this.panel) this.draw();
      });
      this.panel.addEventListener("beforematch", () => this.draw());
      folded.add(this);
    }

    draw() {
      if (!this.real) {
        folded.delete(this);
        const place = document.createElement("div");
        this.element.replaceWith(place);
        this.real = withCopies(this.make(place, this.state));
        this.drawn = JSON.stringify(this.real.getState());
        opened.add(this);
        document.dispatchEvent(new CustomEvent("question:drawn"));
      }
      return this.real;
    }

    open() {
      const toggle = this.panel.querySelector("[data-panel-toggle]");
      this.draw();
      if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
      return this.real;
    }

    isAsItWas() {
      return JSON.stringify(this.real.getState()) === this.drawn;
    }

    get container() { return this.real ? this.real.container : window.jQuery(this.element); }
    get childBlocks() { return this.draw().childBlocks; }
    setState(state) { this.draw().setState(state); }
    setError(error) { if (error) this.open().setError(error); else if (this.real) this.real.setError(error); }
    getState() { return this.real ? this.real.getState() : this.state; }
    getDuplicatedState() { return this.draw().getDuplicatedState(); }
    getValue() { return this.draw().getValue(); }
    focus(options) { this.open().focus(options); }

    getTextLabel(options) {
      if (this.real) return this.real.getTextLabel(options);
      const text = this.state.text || "";
      const most = options && options.maxLength;
      return most && text.length > most ? `${text.substring(0, most - 1)}…` : text;
    }
  }

  class Question {
    /* Wagtail tells a struct within a struct by its constructor, so this one answers with a plain one of its. */
    constructor(...given) {
      const definition = new window.wagtailStreamField.blocks.StructBlockDefinition(...given);
      const plain = definition.render.bind(definition);
      definition.render = (placeholder, prefix, state, error, capabilities) => {
        const panel = placeholder.closest("[data-panel]");
        const id = panel ? panel.id.replace(/^block-|-section$/g, "") : "";
        if (!state || !state.kept || error || !panel || commented(id) || window.location.hash.includes(id)) {
          return withCopies(plain(placeholder, prefix, state, error, capabilities));
        }
        return new Folded(placeholder, prefix, state, (place, rest) => plain(place, prefix, rest, null, capabilities));
      };
      return definition;
    }
  }

  function put(fields, name, value) {
    if (Array.isArray(value) && value.every((child) => child && typeof child === "object" && "value" in child)) {
      fields.set(`${name}-count`, { value: String(value.length) });
      value.forEach((child, place) => {
        const at = `${name}-${place}`;
        fields.set(`${at}-id`, { value: child.id });
        fields.set(`${at}-deleted`, { value: "" });
        fields.set(`${at}-order`, { value: String(place) });
        fields.set(`${at}-type`, { value: child.type || "item" });
        put(fields, `${at}-value`, child.value);
      });
    } else if (value && typeof value === "object" && !Array.isArray(value)) {
      Object.entries(value).forEach(([key, inner]) => put(fields, `${name}-${key}`, inner));
    } else {
      fields.set(name, { value: value === null || value === undefined ? "" : String(value), checked: value === true });
    }
  }

  window.consultationQuestions = {
    /* The fields that folded questions would have, for who reads the form by its names */
    fields(found) {
      folded.forEach((question) => {
        if (question.element.isConnected) put(found, question.prefix, question.state);
      });
    },
    openAt(id) {
      folded.forEach((question) => { if (question.panel.id === `block-${id}-section`) question.open(); });
    },
  };

  // Who only looked at a question has not changed it: its form is what it was, so nothing is saved in their name.
  // In its old place, too: Wagtail compares the whole form, in its order.
  document.addEventListener("formdata", (event) => {
    const same = [...opened].filter((question) => question.isAsItWas());
    if (!same.length) return;
    const data = event.formData;
    const entries = [...data.entries()];
    const done = new Set();
    [...data.keys()].forEach((name) => data.delete(name));
    entries.forEach(([name, value]) => {
      const question = same.find((one) => name.startsWith(`${one.prefix}-`));
      if (!question) data.append(name, value);
      else if (!done.has(question)) data.append(`${question.prefix}-kept`, question.kept);
      if (question) done.add(question);
    });
  });

  window.telepath.register("consultation.Question", Question);
})();
