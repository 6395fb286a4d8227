import { byId, bytes, element, facts, showBusy, showProblem } from './dom.js';
import { send } from './http.js';
import { sheet } from './sheet.js';

const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const result = byId('invoice-result');
let address;

/** Fills the list, and gets the chosen invoice. */
export async function startInvoices() {
  byId('invoice-form').addEventListener('submit', (event) => {
    event.preventDefault();
    getInvoice(byId('invoice').value);
  });
  try {
    const { response } = await send('GET', '/invoices');
    byId('invoice').replaceChildren(...(await response.json()).map((invoice) => element('option',
      { value: invoice.number },
      `${invoice.number} · ${invoice.customer} · ${invoice.lines} lines · ${money.format(invoice.total)}`)));
  }
  catch (problem) {
    showProblem(result, problem);
  }
}

async function getInvoice(number) {
  const button = byId('invoice-get');
  button.disabled = true;
  showBusy(result, `Rendering ${number} …`);
  try {
    const answer = await send('GET', `/invoices/${encodeURIComponent(number)}.pdf`);
    const pdf = await answer.response.blob();
    URL.revokeObjectURL(address);
    address = URL.createObjectURL(pdf);
    const open = element('a', { href: address, target: '_blank', rel: 'noopener', id: 'invoice-open' },
      `Open ${number}.pdf`);
    const line = facts({ Pages: answer.pages, Size: bytes(pdf.size), Worker: answer.pid,
      Took: `${answer.millis} ms`, '': open });
    line.dataset.pid = answer.pid;
    result.replaceChildren(line);
    result.append(await sheet(pdf, number, 1040));
  }
  catch (problem) {
    showProblem(result, problem);
  }
  finally {
    button.disabled = false;
  }
}
