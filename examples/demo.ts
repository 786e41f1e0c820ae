import { startRedis } from '../test/support/redis-server.js';
import { runDocumentedExample } from './documented-example.js';
import { runSideBySide } from './side-by-side.js';

const server = await startRedis();
try {
  console.log('1. The documented example: sessions with a TTL, and two tenants on one Redis\n');
  await runDocumentedExample(server.url);
  console.log('\n2. Side by side on a real payload\n');
  await runSideBySide(server.url);
} finally {
  await server.stop();
}
