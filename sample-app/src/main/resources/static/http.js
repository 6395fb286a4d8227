/** An answer that is no success, with the problem document that came with it. */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail || document.title || `The service answered ${status}`);
    this.status = status;
    this.title = document.title || 'Problem';
    this.document = document;
  }
}

/** Sends a request, and takes the time; throws a Problem for whatever is no success. */
export async function send(method, address, body) {
  const start = performance.now();
  let response;
  try {
    response = await fetch(address, {
      method,
      body,
      headers: body ? { 'Content-Type': 'application/pdf' } : {},
    });
  }
  catch {
    throw new Problem(0, { title: 'No answer', detail: 'The service cannot be reached.' });
  }
  if (!response.ok) {
    const document = await response.json().catch(() => ({}));
    throw new Problem(response.status, document);
  }
  return {
    response,
    millis: Math.round(performance.now() - start),
    pid: response.headers.get('X-Worker-Pid'),
    pages: Number(response.headers.get('X-Page-Count')),
  };
}
