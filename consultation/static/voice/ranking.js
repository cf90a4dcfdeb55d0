// Putting things in order: buttons move them, and each move sets the same radios that choose places without a script.
(() => {
  const made = (tag, name, ...inside) => {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...inside);
    return element;
  };

  class Order {
    constructor(rows) {
      this.rows = rows;
      this.words = rows.dataset.rank.split("|");
      this.places = [...rows.querySelectorAll("[role=radiogroup]")].map((row) => [...row.querySelectorAll(".opts:not(.apart) input")]);
      this.names = new Map([...rows.querySelector(".opts").children].map((opt) => [opt.querySelector("input").value, opt.lastElementChild]));
      this.pictures = new Map([...this.names].map(([thing, name]) => [thing, name.parentElement.querySelector(":scope > .ez")]));
      this.list = made("ol", "sort");
      this.told = made("p", "vh");
      this.told.setAttribute("role", "status");
      rows.classList.add("behind");
      rows.after(this.list, this.told, ...rows.querySelectorAll(".apart"));
      // On the document: after steps.js has taken out what stands beside "none of these".
      document.addEventListener("change", ({ target }) => { if (rows.closest("fieldset").contains(target)) this.draw(); });
      this.draw();
    }

    get picked() {
      return this.places.map((place) => place.find((input) => input.checked)).filter(Boolean).map((input) => input.value);
    }

    set picked(order) {
      for (const [at, place] of this.places.entries()) for (const input of place) input.checked = input.value === order[at];
      const set = this.places[0].find((input) => input.checked) || this.places[0][0];
      set.dispatchEvent(new Event("change", { bubbles: true }));
    }

    move(thing, by) {
      const order = this.picked;
      const at = order.indexOf(thing);
      const place = [...this.list.querySelectorAll(".take")].findIndex((one) => one.parentElement.dataset.thing === thing);
      if (at >= 0) order.splice(at, 1);
      if (by !== null) order.splice(at < 0 ? order.length : at + by, 0, thing);
      this.picked = order;
      const now = order.indexOf(thing) + 1;
      this.told.textContent = this.words[now ? 4 : 5].replace("#", this.says(thing)).replace("@", now);
      if (this.isFull) this.told.textContent += ` ${this.words[6]}`;
      const line = [...this.list.children].find((one) => one.dataset.thing === thing);
      const same = [...line.querySelectorAll("button")].find((one) => one.dataset.by === String(by));
      const others = this.list.querySelectorAll(".take");
      // After a pick comes the next pick: "Take out" would undo it for whoever presses twice.
      const next = by === 0 && others[Math.min(place, others.length - 1)];
      (next || same || line.querySelector("button") || this.list.querySelector("button")).focus();
    }

    says(thing) {
      const name = this.names.get(thing);
      const easy = document.querySelector("#easy:checked") ? ".ez" : ".std";
      return (name.querySelector(easy) || name).textContent;
    }

    shown(thing) {
      const name = this.names.get(thing).cloneNode(true);
      const picture = this.pictures.get(thing);
      if (picture) name.prepend(picture.cloneNode(true), " ");
      return name;
    }

    button(thing, word, by) {
      const button = made("button", "", this.words[word], made("span", "vh", " ", this.names.get(thing).cloneNode(true)));
      button.type = "button";
      button.dataset.by = by;
      button.addEventListener("click", () => this.move(thing, by));
      return button;
    }

    // A thing that is not picked is one button: its whole card is the target.
    card(thing) {
      const line = made("li", "");
      if (this.isFull) {
        line.className = "off";
        line.append(this.shown(thing));
      } else {
        const button = made("button", "take", this.shown(thing), made("span", "", this.words[0]));
        button.type = "button";
        button.dataset.by = 0;
        button.addEventListener("click", () => this.move(thing, 0));
        line.append(button);
      }
      line.dataset.thing = thing;
      return line;
    }

    line(thing, at, last) {
      const moves = [];
      if (at > 0) moves.push(this.button(thing, 1, -1));
      if (at < last) moves.push(this.button(thing, 2, 1));
      moves.push(this.button(thing, 3, null));
      const line = made("li", "on", made("b", "", at + 1), this.shown(thing), made("span", "moves", ...moves));
      line.dataset.thing = thing;
      return line;
    }

    draw() {
      const order = this.picked;
      const rest = [...this.names.keys()].filter((thing) => !order.includes(thing));
      this.list.textContent = "";
      this.isFull = order.length === this.places.length && rest.length > 0;
      this.list.append(...order.map((thing, at) => this.line(thing, at, order.length - 1)));
      if (this.isFull) this.list.append(made("li", "full", this.words[6]));
      this.list.append(...rest.map((thing) => this.card(thing)));
    }
  }

  const start = () => { for (const rows of document.querySelectorAll("[data-rank]:not(.behind)")) new Order(rows); };
  start();
  document.addEventListener("words:swapped", start);
})();
