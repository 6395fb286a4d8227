import { element } from './dom.js';
import { send } from './http.js';

/** Shows a document page by page, each drawn by a worker. Resolves when the first is there. */
export async function sheet(pdf, name, width, onPage) {
  let page = 1;
  let pages = 1;
  let address;
  const image = element('img', { alt: '' });
  const caption = element('span', { role: 'status' });
  const back = element('button', { type: 'button', 'aria-label': 'Previous page', onclick: () => turn(-1) }, '←');
  const forward = element('button', { type: 'button', 'aria-label': 'Next page', onclick: () => turn(1) }, '→');

  async function show(number) {
    const answer = await send('POST', `/documents/thumbnail?page=${number}&width=${width}`, pdf);
    const blob = await answer.response.blob();
    URL.revokeObjectURL(address);
    address = URL.createObjectURL(blob);
    page = number;
    pages = answer.pages || 1;
    image.src = address;
    image.alt = `Page ${page} of ${name}`;
    caption.textContent = `Page ${page} of ${pages}`;
    back.disabled = page <= 1;
    forward.disabled = page >= pages;
    onPage?.(answer);
  }

  async function turn(by) {
    back.disabled = forward.disabled = true;
    try {
      await show(page + by);
    }
    catch (problem) {
      caption.textContent = problem.message;
      back.disabled = page <= 1;
      forward.disabled = page >= pages;
    }
  }

  await show(1);
  return element('figure', { class: 'sheet' }, image, element('figcaption', {}, back, caption, forward));
}
