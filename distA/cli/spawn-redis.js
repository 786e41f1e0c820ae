import { execFile, spawn } from 'node:child_process';
import { access, constants, mkdtemp } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { OffloopError } from '../errors.js';
const PROGRAMS = ['redis-server', 'valkey-server'];
const IMAGE = 'redis:7-alpine';
const READY_MS = 10_000;
const run = promisify(execFile);
/** A program on the PATH, redis-server first, else Docker. Throws `ERR_OPTION` where there is neither. */
export async function chooseWay(probes) {
    for (const name of PROGRAMS) {
        const path = await probes.onPath(name);
        if (path !== undefined)
            return { kind: 'program', path };
    }
    if (await probes.dockerAnswers())
        return { kind: 'docker' };
    throw new OffloopError('ERR_OPTION', `--spawn needs ${PROGRAMS.join(' or ')} on the PATH, or a running Docker; neither was found`);
}
/** Starts a server on 127.0.0.1 that keeps nothing on disk. It ends with this process, also where that is killed. */
export async function spawnRedis() {
    const way = await chooseWay({ onPath, dockerAnswers });
    return way.kind === 'docker' ? startContainer() : startProgram(way.path);
}
async function startProgram(path) {
    const folder = await mkdtemp(join(tmpdir(), 'offloop-'));
    const port = await freePort();
    const flags = [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--save',
        '',
        '--appendonly',
        'no',
        '--dir',
        folder,
    ];
    // The shell holds the other end of a pipe from us: when we are gone, however that came, `read` ends, and so do the server
    // and its folder, which is the script's $0.
    const script = '"$@" >/dev/null 2>&1 & server=$!; read -r _; kill $server; wait $server; rm -rf -- "$0"';
    const shell = spawn('/bin/sh', ['-c', script, folder, path, ...flags], {
        stdio: ['pipe', 'ignore', 'ignore'],
        // A group of its own: Ctrl-C at the terminal is ours to handle.
        detached: true,
    });
    const ended = new Promise((resolve) => shell.once('exit', () => resolve()));
    const stop = async () => {
        shell.stdin.end();
        await ended;
    };
    try {
        await untilReady(port);
    }
    catch (error) {
        await stop();
        throw error;
    }
    return { url: `redis://127.0.0.1:${port}/0`, stop };
}
async function startContainer() {
    const { stdout } = await run('docker', ['run', '--rm', '-d', '-p', '127.0.0.1::6379', IMAGE, '--save', '']);
    const id = stdout.trim();
    const stop = async () => {
        await run('docker', ['stop', '-t', '1', id]);
    };
    try {
        const { stdout: mapped } = await run('docker', ['port', id, '6379/tcp']);
        const port = Number(/:(\d+)\s*$/m.exec(mapped)?.[1]);
        await untilReady(port);
        return { url: `redis://127.0.0.1:${port}/0`, stop };
    }
    catch (error) {
        await stop();
        throw error;
    }
}
async function untilReady(port) {
    for (const end = Date.now() + READY_MS; Date.now() < end;) {
        if (await answers(port))
            return;
        await sleep(20);
    }
    throw new OffloopError('ERR_CONNECTION', `the throwaway server did not answer within ${READY_MS} ms`);
}
function answers(port) {
    return new Promise((resolve) => {
        const socket = connect({ host: '127.0.0.1', port });
        socket.once('connect', () => socket.write('PING\r\n'));
        socket.once('data', (data) => {
            socket.destroy();
            resolve(data.toString().startsWith('+PONG'));
        });
        // Not there yet.
        socket.once('error', () => resolve(false));
    });
}
function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
        });
    });
}
async function onPath(name) {
    for (const folder of (process.env.PATH ?? '').split(delimiter).filter((part) => part !== '')) {
        const path = join(folder, name);
        const usable = await access(path, constants.X_OK).then(() => true, () => false);
        if (usable)
            return path;
    }
    return undefined;
}
async function dockerAnswers() {
    return run('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 3_000 }).then(() => true, () => false);
}
