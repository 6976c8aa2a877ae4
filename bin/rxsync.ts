#!/usr/bin/env node
import { keepHeapLean } from '../lib/cli/lean-heap.js';
import { main } from '../lib/cli/main.js';

keepHeapLean();
await main(process.argv.slice(2));
