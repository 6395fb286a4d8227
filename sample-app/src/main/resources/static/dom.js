/** Makes an element with attributes and children; a text is a child too. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      made.addEventListener(key.slice(2), value);
    }
    else if (value === true) {
      made.setAttribute(key, '');
    }
    else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Shows what is going on in a place for results, and lets screen readers say it. */
export function showBusy(place, text) {
  place.hidden = false;
  place.replaceChildren(element('p', { class: 'busy', role: 'status' }, text));
}

export function showProblem(place, problem) {
  place.hidden = false;
  place.replaceChildren(element('div', { class: 'problem', role: 'alert' },
    element('strong', {}, problem.status ? `${problem.title} (${problem.status})` : problem.title),
    element('p', {}, problem.message)));
}

/** A line of facts: name and value in turn. */
export function facts(values) {
  return element('p', { class: 'facts', role: 'status' }, ...Object.entries(values).map(([name, value]) =>
    element('span', {}, `${name} `, (value instanceof Node) ? value : element('b', {}, String(value)))));
}

export function bytes(count) {
  return count < 1e6 ? `${Math.max(1, Math.round(count / 1e3))} kB` : `${(count / 1e6).toFixed(1)} MB`;
}
