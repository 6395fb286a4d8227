import { byId, bytes, element, facts, showBusy, showProblem } from './dom.js';
import { send } from './http.js';
import { sheet } from './sheet.js';

const result = byId('document-result');
let latest = 0;

/** Reads what is chosen or dropped. */
export function startDocuments() {
  const drop = byId('drop');
  const input = byId('file');
  input.addEventListener('change', () => {
    if (input.files.length) {
      read(input.files[0]);
    }
    // So that the same file can be chosen again.
    input.value = '';
  });
  for (const name of ['dragover', 'dragleave', 'drop']) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragover');
    });
  }
  drop.addEventListener('drop', (event) => {
    if (event.dataTransfer.files.length) {
      read(event.dataTransfer.files[0]);
    }
  });
}

async function read(file) {
  const turn = ++latest;
  showBusy(result, `Reading ${file.name} …`);
  try {
    // Read once here: a file may change, or be a stream that ends.
    const pdf = await file.arrayBuffer();
    const answer = await send('POST', '/documents/text', pdf);
    const content = await answer.response.json();
    const picture = await sheet(pdf, file.name, 440);
    if (turn === latest) {
      show(file, content, answer, picture);
    }
  }
  catch (problem) {
    if (turn === latest) {
      showProblem(result, problem);
    }
  }
}

function show(file, content, answer, picture) {
  const text = content.text.trim();
  result.replaceChildren(
    facts({ File: file.name, Pages: content.pages, Size: bytes(file.size), Worker: answer.pid,
      Took: `${answer.millis} ms` }),
    element('div', { class: 'reading' }, picture,
      element('pre', { tabindex: 0, role: 'region', 'aria-label': `Text of ${file.name}`, id: 'document-text' },
        text || 'There is no text in it.')));
}
