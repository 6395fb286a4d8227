import { byId, element } from './dom.js';
import { send } from './http.js';

const EVERY_MILLIS = 1000;
const FRESH_MILLIS = 4000;
const firstSeen = new Map();

/** Keeps the table of pools up to date while the page is seen. */
export function startPools() {
  refresh();
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
      refreshSoon(0);
    }
  });
}

let timer;

/** Reads the pools now, or after a moment. */
export function refreshSoon(millis) {
  clearTimeout(timer);
  timer = setTimeout(refresh, millis);
}

async function refresh() {
  if (document.hidden) {
    return;
  }
  try {
    const { response } = await send('GET', '/actuator/executors');
    show(await response.json());
    setPulse('live', 'Live');
  }
  catch (problem) {
    setPulse('lost', problem.status ? 'No numbers' : 'No connection');
  }
  refreshSoon(EVERY_MILLIS);
}

function setPulse(state, text) {
  const pulse = byId('pulse');
  if (pulse.dataset.state !== state) {
    pulse.dataset.state = state;
    byId('pulse-text').textContent = text;
  }
}

function show(executors) {
  const bodies = Object.entries(executors).map(([name, executor]) => body(name, executor));
  const table = byId('pools');
  table.replaceChildren(table.tHead, ...bodies);
  announce(executors);
}

function body(name, executor) {
  const workers = [...executor.workers].sort((one, other) => one.number - other.number);
  const made = element('tbody', { 'data-pool': name });
  const head = element('th', { scope: 'rowgroup', rowspan: Math.max(1, workers.length) }, name,
    element('small', {}, load(executor)));
  if (!workers.length) {
    made.append(element('tr', {}, head, element('td', { colspan: 4 }, 'No worker now')));
    return made;
  }
  workers.forEach((worker, index) => made.append(row(name, worker, index ? null : head)));
  return made;
}

function load(executor) {
  const waiting = executor.queued ? `, ${executor.queued} waiting` : '';
  return `${executor.active} running${waiting}`;
}

function row(name, worker, head) {
  const task = worker.currentTasks[0];
  const made = element('tr', {}, ...(head ? [head] : []),
    element('td', { class: 'number pid' }, worker.pid > 0 ? String(worker.pid) : '…'),
    element('td', { class: 'state', 'data-state': worker.state }, worker.state, ...(task ? [element('small', {}, task.label)] : [])),
    element('td', { class: 'number' }, age(worker.age)),
    element('td', { class: 'number' }, String(worker.tasksDone)));
  const seenFor = millisSinceFirstSeen(name, worker);
  if (seenFor < FRESH_MILLIS) {
    made.classList.add('fresh');
    // The row is made anew each time; its fading goes on where it was.
    made.querySelectorAll('td').forEach((cell) => cell.style.animationDelay = `-${seenFor}ms`);
  }
  return made;
}

/** How long the page has seen a worker; for ever, if it was there before the page. */
function millisSinceFirstSeen(name, worker) {
  const key = `${name}/${worker.number}`;
  if (!firstSeen.has(key)) {
    firstSeen.set(key, byId('pools').tBodies.length ? performance.now() : -Infinity);
  }
  return performance.now() - firstSeen.get(key);
}

/** Tells those who do not see the table that a worker was replaced. */
function announce(executors) {
  const news = Object.entries(executors).flatMap(([name, executor]) => executor.workers
    .filter((worker) => worker.pid > 0 && millisSinceFirstSeen(name, worker) < FRESH_MILLIS)
    .map((worker) => `Pool ${name} has a new worker, ${worker.pid}.`)).join(' ');
  if (news && byId('news').textContent !== news) {
    byId('news').textContent = news;
  }
}

/** A duration such as PT1H2M3.4S, or a number of seconds, in words. */
function age(duration) {
  const parts = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(String(duration));
  const [days, hours, minutes, seconds] = parts ? parts.slice(1).map((part) => Number(part || 0)) : [0, 0, 0, Number(duration)];
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  if (total < 60) {
    return `${Math.floor(total)} s`;
  }
  return total < 3600 ? `${Math.floor(total / 60)} min` : `${Math.floor(total / 3600)} h`;
}
