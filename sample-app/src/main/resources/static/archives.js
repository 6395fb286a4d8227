import { byId, bytes, element, facts, showBusy, showProblem } from './dom.js';
import { send } from './http.js';

const months = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'long', timeZone: 'UTC' });
const result = byId('archive-result');
let events;

/** Fills the list of months, and makes the archive of the chosen one. */
export async function startArchives() {
  byId('archive-form').addEventListener('submit', (event) => {
    event.preventDefault();
    make(byId('month').value, byId('archive-crash').checked);
  });
  try {
    const { response } = await send('GET', '/archives/months');
    byId('month').replaceChildren(...(await response.json()).map(({ month, invoices }) => element('option',
      { value: month }, `${months.format(new Date(`${month}-01`))} · ${invoices} invoices`)));
  }
  catch (problem) {
    showProblem(result, problem);
  }
}

async function make(month, crash) {
  const button = byId('archive-start');
  button.disabled = true;
  showBusy(result, 'Starting …');
  try {
    const { response } = await send('POST', `/archives?month=${encodeURIComponent(month)}&crash=${crash}`);
    watch(await response.json(), button);
  }
  catch (problem) {
    showProblem(result, problem);
    button.disabled = false;
  }
}

/** Shows an archive until it has ended. The stream begins with its present state. */
function watch(archive, button) {
  const address = `/archives/${encodeURIComponent(archive.id)}`;
  const bar = element('progress', { max: archive.total, value: 0, 'aria-label': 'Invoices in the archive' });
  const place = element('div', {});
  const cancel = element('button', { type: 'button', id: 'archive-cancel',
    onclick: () => send('DELETE', address).catch((problem) => showProblem(result, problem)) }, 'Cancel');
  result.replaceChildren(element('div', { class: 'archive' }, bar, place, cancel));

  function show(state) {
    bar.value = state.done;
    const line = facts({ Invoices: `${state.done} of ${state.total}`, 'Tried again': state.retried,
      Size: bytes(state.bytes), Status: state.status.toLowerCase() });
    line.dataset.status = state.status;
    place.replaceChildren(line);
    if (state.status === 'RUNNING') {
      return;
    }
    events.close();
    button.disabled = false;
    if (state.status === 'READY') {
      cancel.replaceWith(element('a', { href: `${address}.zip`, id: 'archive-open', download: true },
        `Download invoices-${state.month}.zip`));
    }
    else if (state.status === 'FAILED') {
      showProblem(result, { title: 'The archive failed', message: state.message });
    }
    else {
      cancel.remove();
    }
  }

  events?.close();
  events = new EventSource(`${address}/events`);
  events.addEventListener('state', (event) => show(JSON.parse(event.data)));
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) {
      showProblem(result, { title: 'No answer', message: 'The service cannot be reached.' });
      button.disabled = false;
    }
  });
}
