import { byId, element } from './dom.js';
import { send } from './http.js';
import { refreshSoon } from './pools.js';

const KEPT_ANSWERS = 5;

const KINDS = {
  'exit': 'Calls System.exit',
  'halt': 'Halts, without goodbye',
  'crash': 'Writes to address 0',
  'oom': 'Eats all memory',
  'spin': 'Never ends',
  'deep-recursion': 'Fills the stack',
  'flood-stdout': 'Prints 50 000 lines',
  'fork-child': 'Leaves a child behind',
};

/** Makes a button for each kind. */
export function startChaos() {
  byId('chaos').replaceChildren(...Object.entries(KINDS).map(([kind, hint]) => {
    const button = element('button', { type: 'button', 'data-kind': kind, onclick: () => unleash(kind, button) },
      element('b', {}, kind), element('small', {}, hint));
    return button;
  }));
}

async function unleash(kind, button) {
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  refreshSoon(150);
  const start = performance.now();
  try {
    const { response, millis } = await send('POST', `/chaos/${kind}`);
    const report = await response.json();
    const child = report.childPid ? ` Child ${report.childPid}.` : '';
    answer(response.status, kind, `Worker ${report.workerPid} survived`, millis, `${report.detail}.${child}`);
  }
  catch (problem) {
    const fault = problem.document.fault ? `: ${problem.document.fault}` : '';
    answer(problem.status, kind, problem.title, Math.round(performance.now() - start), problem.message + fault);
  }
  finally {
    button.disabled = false;
    button.removeAttribute('aria-busy');
    refreshSoon(0);
  }
}

function answer(status, kind, title, millis, detail) {
  const list = byId('answers');
  list.prepend(element('li', { 'data-kind': kind, 'data-status': status },
    element('span', { class: 'status', 'data-class': String(status)[0] }, String(status || '–')),
    element('strong', {}, `${kind}: ${title}`),
    element('p', {}, `${detail} (${millis} ms)`)));
  while (list.children.length > KEPT_ANSWERS) {
    list.lastElementChild.remove();
  }
}
