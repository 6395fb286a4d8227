import { startArchives } from './archives.js';
import { startChaos } from './chaos.js';
import { startDocuments } from './documents.js';
import { startInvoices } from './invoices.js';
import { startPools } from './pools.js';

startPools();
startChaos();
startDocuments();
startInvoices();
startArchives();
