// BLAKE2b with a key and a digest of 32 bytes (RFC 7693). Java's own digests take half a second for the first megabytes of
// a process, since they run interpreted; a start from the cache is to take less than that.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { AVOCET_DIGEST = 32, AVOCET_DIGEST_BLOCK = 128 };

static const uint64_t avocet_blake2b_iv[8] = {
    0x6A09E667F3BCC908ULL, 0xBB67AE8584CAA73BULL, 0x3C6EF372FE94F82BULL, 0xA54FF53A5F1D36F1ULL,
    0x510E527FADE682D1ULL, 0x9B05688C2B3E6C1FULL, 0x1F83D9ABFB41BD6BULL, 0x5BE0CD19137E2179ULL};

// Which word of the block each of a round's eight mixings takes; rounds 10 and 11 are 0 and 1 again.
static const uint8_t avocet_blake2b_sigma[12][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3}};

static inline uint64_t avocet_rotate(uint64_t x, int n) { return (x >> n) | (x << (64 - n)); }

static inline void avocet_mix(uint64_t* v, int a, int b, int c, int d, uint64_t x, uint64_t y) {
    v[a] += v[b] + x;
    v[d] = avocet_rotate(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = avocet_rotate(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = avocet_rotate(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = avocet_rotate(v[b] ^ v[c], 63);
}

// Words of the block are little-endian, as every processor is that OpenVINO runs on.
static inline void avocet_compress(uint64_t* h, const uint8_t* block, uint64_t bytes, int last) {
    uint64_t v[16], m[16];
    memcpy(m, block, sizeof m);
    for (int i = 0; i < 8; i++) {
        v[i] = h[i];
        v[i + 8] = avocet_blake2b_iv[i];
    }
    v[12] ^= bytes;
    if (last) v[14] = ~v[14];
#pragma GCC unroll 12
    for (int r = 0; r < 12; r++) {
        const uint8_t* s = avocet_blake2b_sigma[r];
        avocet_mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
        avocet_mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
        avocet_mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
        avocet_mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
        avocet_mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
        avocet_mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
        avocet_mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
        avocet_mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
    }
    for (int i = 0; i < 8; i++) h[i] ^= v[i] ^ v[i + 8];
}

// Writes the digest of `size` bytes of `data` under a key of AVOCET_DIGEST bytes.
static inline void avocet_digest(const uint8_t* key, const uint8_t* data, size_t size, uint8_t* digest) {
    uint64_t h[8];
    uint8_t block[AVOCET_DIGEST_BLOCK] = {0};
    memcpy(h, avocet_blake2b_iv, sizeof h);
    h[0] ^= 0x01010000 ^ (AVOCET_DIGEST << 8) ^ AVOCET_DIGEST;
    memcpy(block, key, AVOCET_DIGEST);
    // The key is the first block; a block is the last one even where it is full.
    avocet_compress(h, block, AVOCET_DIGEST_BLOCK, size == 0);
    size_t done = 0;
    while (size - done > AVOCET_DIGEST_BLOCK) {
        done += AVOCET_DIGEST_BLOCK;
        avocet_compress(h, data + done - AVOCET_DIGEST_BLOCK, AVOCET_DIGEST_BLOCK + (uint64_t)done, 0);
    }
    if (size > 0) {
        memset(block, 0, sizeof block);
        memcpy(block, data + done, size - done);
        avocet_compress(h, block, AVOCET_DIGEST_BLOCK + (uint64_t)size, 1);
    }
    memcpy(digest, h, AVOCET_DIGEST);
}
