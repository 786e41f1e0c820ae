import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    // Found by address, not by import: threads, child processes and the programs themselves.
    'src/offload/worker-entry.cts',
    'bench/{main,bars,corpora,peer-process}.ts',
    'src/bench/{memory-probe,bystander-thread,busy-service,load-generator,metronome-thread,delay-proxy-thread}.ts',
    'src/bench/peers/worker-pool-thread.ts',
    'src/bench/tune/trial-process.ts',
    'src/bench/report/page-{charts,tables}.ts',
    'examples/demo{,-server}.ts',
    'scripts/*.mjs',
    'test/**/fixtures/*.mjs',
  ],
  project: ['{src,bench,examples,test}/**/*.ts', 'scripts/*.mjs'],
  ignoreBinaries: ['script'],
  // Data alone: their files are read as corpora.
  ignoreDependencies: ['@mdn/browser-compat-data', 'emoji-datasource', 'emojibase-data', 'world-atlas'],
  ignoreExportsUsedInFile: true,
  compilers: {
    // Tests, examples and benchmarks import the built files; what they use is used in the sources.
    ts: (text: string) => text.replaceAll(/(['"](?:\.\.\/)+)dist\//g, '$1src/'),
  },
};

export default config;
