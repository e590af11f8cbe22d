/** Entry of a worker thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { serveWorker, type ToWorker, type WorkerSetup } from '../pool/index.ts';
import { NodeWorkerPlatform } from './platform.ts';

const port = parentPort;
if (port === null) throw new Error('this module is the entry of a worker thread; import golem-exec instead');
const setup = workerData as WorkerSetup;
const receive = serveWorker({
  setup,
  platform: new NodeWorkerPlatform(setup.control),
  post: (message) => port.postMessage(message),
  defer: (work) => void setImmediate(work),
});
port.on('message', (message: ToWorker) => receive(message));
