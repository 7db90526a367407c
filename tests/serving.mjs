// Starts `lookedafter serve` on a port that the system chooses, and learns from its log where it listens.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const serving = (program, folder, settings = {}) =>
  new Promise((resolve, reject) => {
    const env = {
      PATH: process.env.PATH,
      LOOKEDAFTER_DATA: folder,
      LOOKEDAFTER_METRICS_LISTEN: 'off',
      ...settings,
      LOOKEDAFTER_LISTEN: '127.0.0.1:0',
      LOOKEDAFTER_LOG: 'warn,lookedafter::cli::serve=info',
    };
    const server = spawn(program, ['serve'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise((end) => server.on('exit', end));
    // Ends it as a signal would; its exit status.
    const stop = () => {
      server.kill('SIGTERM');
      return ended;
    };
    ended.then((status) => reject(new Error(`the server ended with status ${status} before it listened`)));
    createInterface({ input: server.stderr }).on('line', (line) => {
      const { message, address } = line.startsWith('{') ? JSON.parse(line) : {};
      if (message === 'serving') resolve({ url: `http://${address}`, stop });
      else console.error(line);
    });
  });
