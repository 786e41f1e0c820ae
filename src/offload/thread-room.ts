import { setFlagsFromString } from 'node:v8';

/** MB that the old generation of a thread's heap and the buffers that it has received may come to before they are looked through. */
const ROOM_MB = 64;
/** Milliseconds within which a thread has made its heap: some 50 are usual. */
const START_MS = 1_000;
const FLAG = '--initial-old-space-size';
/** What a user has said of it is left as it is. */
const SAID = /--initial[-_](?:old[-_]space|heap)[-_]size/;

let timer: NodeJS.Timeout | undefined;

/**
 * Does what may start threads, and gives those that it starts room. V8 begins a full collection as soon as a heap, with the memory of
 * buffers, has grown by 8 MB, or by a tenth to a half where that is more. A thread's heap takes 9 MB, so each value of 8 MB was followed by a
 * collection that found nothing: of 34 ms of CPU for its bytes() 21 were that, and of 29 ms until they came 11 (Node 20; docs/offload.md).
 *
 * How much it may come to at first, and at least from then on, is for the engine a flag of the process, which a heap reads when it is made. So the
 * flag is set for the second in which a thread starts. A thread of the application's own that starts meanwhile has the same room.
 */
export function withRoom<T>(maxHeapMb: number, threads: () => number, start: () => T): T {
  if (SAID.test(process.execArgv.join(' '))) return start();
  const before = threads();
  setRoom(Math.min(ROOM_MB, Math.floor(maxHeapMb / 2)));
  try {
    return start();
  } finally {
    if (threads() > before) endLater();
    else if (!timer) setRoom(0);
  }
}

function endLater(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = undefined;
    setRoom(0);
  }, START_MS);
  timer.unref();
}

/** 0 leaves it to the engine. */
function setRoom(mb: number): void {
  try {
    setFlagsFromString(`${FLAG}=${mb}`);
  } catch {
    // An engine without it collects when it likes.
  }
}
