import { native } from './native.ts';
import { define } from './primordials.ts';

/**
 * Math.random by xoshiro128** (Blackman and Vigna, 2018), seeded at its first use: the image of the component holds
 * no seed, and two instances of it never share one.
 */
const seed = new Uint32Array(4);
const seedBytes = new Uint8Array(seed.buffer);
let seeded = false;

const { imul } = Math;

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function next(): number {
  // Array destructuring would run an iterator, which programs can replace.
  let a = seed[0] ?? 0;
  let b = seed[1] ?? 0;
  let c = seed[2] ?? 0;
  let d = seed[3] ?? 0;
  const result = imul(rotate(imul(b, 5), 7), 9) >>> 0;
  const shifted = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= shifted;
  d = rotate(d, 11);
  seed[0] = a;
  seed[1] = b;
  seed[2] = c;
  seed[3] = d;
  return result;
}

/** A number in [0, 1) with 53 random bits. */
export function random(): number {
  if (!seeded) {
    native.random(seedBytes);
    seeded = true;
  }
  return ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

define(Math, 'random', random, false);
