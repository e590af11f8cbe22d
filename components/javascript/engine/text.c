// Strict decoders of the encodings that files arrive in, and repair of UTF-8 that leaves the component.
#include <stdlib.h>
#include <string.h>

#include "engine.h"

/// Size of the UTF-8 sequence at `bytes`, or 0 with the size of its maximal invalid part in `*bad`
/// (Unicode 15 §3.9, "substitution of maximal subparts").
static size_t utf8_sequence(const uint8_t *bytes, size_t size, size_t *bad) {
  uint8_t first = bytes[0];
  if (first < 0x80) return 1;
  size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  *bad = 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (size_t i = 1; i < length; i++) {
    uint8_t low = 0x80, high = 0xbf;
    if (i == 1) {
      if (first == 0xe0) low = 0xa0;
      if (first == 0xed) high = 0x9f;
      if (first == 0xf0) low = 0x90;
      if (first == 0xf4) high = 0x8f;
    }
    if (i >= size || bytes[i] < low || bytes[i] > high) return 0;
    *bad = i + 1;
  }
  return length;
}

size_t utf8_valid_prefix(const uint8_t *bytes, size_t size) {
  size_t at = 0, bad;
  while (at < size) {
    size_t length = utf8_sequence(bytes + at, size - at, &bad);
    if (length == 0) break;
    at += length;
  }
  return at;
}

uint8_t *utf8_repaired(const uint8_t *bytes, size_t size, size_t *repaired_size) {
  static const uint8_t replacement[3] = {0xef, 0xbf, 0xbd};
  size_t needed = 0, bad;
  for (size_t at = 0; at < size;) {
    size_t length = utf8_sequence(bytes + at, size - at, &bad);
    needed += length ? length : sizeof replacement;
    at += length ? length : bad;
  }
  uint8_t *repaired = malloc(needed ? needed : 1);
  if (repaired == NULL) return NULL;
  uint8_t *to = repaired;
  for (size_t at = 0; at < size;) {
    size_t length = utf8_sequence(bytes + at, size - at, &bad);
    memcpy(to, length ? bytes + at : replacement, length ? length : sizeof replacement);
    to += length ? length : sizeof replacement;
    at += length ? length : bad;
  }
  *repaired_size = needed;
  return repaired;
}

static int base64_value(uint8_t c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// RFC 4648 §4 with padding; no white space, and no bits beyond the last byte.
bool base64_decode(uint8_t *bytes, size_t *size, size_t *bad_offset) {
  size_t length = *size, written = 0;
  size_t padding = 0;
  while (padding < 2 && padding < length && bytes[length - 1 - padding] == '=') padding++;
  size_t digits = length - padding;
  uint32_t bits = 0;
  for (size_t i = 0; i < digits; i++) {
    int value = base64_value(bytes[i]);
    if (value < 0) {
      *bad_offset = i;
      return false;
    }
    bits = bits << 6 | (uint32_t)value;
    if (i % 4 == 3) {
      bytes[written++] = bits >> 16;
      bytes[written++] = bits >> 8;
      bytes[written++] = bits;
    }
  }
  size_t rest = digits % 4;
  bool complete = length % 4 == 0 && (rest == 0 ? padding == 0 : rest + padding == 4);
  bool clean = rest == 2 ? (bits & 0xf) == 0 : rest == 3 ? (bits & 0x3) == 0 : true;
  if (!complete || !clean) {
    *bad_offset = complete ? digits - 1 : length;
    return false;
  }
  if (rest >= 2) bytes[written++] = rest == 2 ? bits >> 4 : bits >> 10;
  if (rest == 3) bytes[written++] = bits >> 2;
  *size = written;
  return true;
}

static int hex_value(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hex_decode(uint8_t *bytes, size_t *size, size_t *bad_offset) {
  for (size_t i = 0; i < *size; i++) {
    if (hex_value(bytes[i]) < 0) {
      *bad_offset = i;
      return false;
    }
    if (i % 2 == 1) bytes[i / 2] = (uint8_t)(hex_value(bytes[i - 1]) << 4 | hex_value(bytes[i]));
  }
  *bad_offset = *size;
  if (*size % 2 == 1) return false;
  *size /= 2;
  return true;
}
